// One browser and one running demonstration for a file of tests.

import { after, before } from 'node:test';
import { launch, reader } from './reader.js';
import { demo, edited, place } from './server.js';

/**
 * Returns `as(options, visit)`, which runs `visit` with a fresh reader, and with
 * who publishes what they read.
 */
export function suite(locale = 'en') {
  let browser;
  let server;
  before(async () => {
    server = await demo(locale);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });
  return (options, visit) => reader(browser, server.base, options, (someone) => visit(someone, server.publisher));
}

/**
 * Returns `as(options, visit)` as above, with a demonstration for each: what is
 * bought stays bought, and a clock that was moved ahead stays there. `edits`
 * change its configuration.
 */
export function afresh(edits = []) {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser?.close());
  return async (options, visit) => {
    const server = edits.length ? await edited(await place(), edits) : await demo();
    try {
      await reader(browser, server.base, options, (someone) => visit(someone, server.publisher));
    } finally {
      await server.stop();
    }
  };
}
