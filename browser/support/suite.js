// One browser and one running demonstration for a file of tests.

import { after, before } from 'node:test';
import { launch, reader } from './reader.js';
import { demo } from './server.js';

/** Returns `as(options, visit)`, which runs `visit` with a fresh reader. */
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
  return (options, visit) => reader(browser, server.base, options, visit);
}
