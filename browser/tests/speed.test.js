// How fast a story is there, how much is sent for it, and that nothing moves
// under the reader's eyes meanwhile: on a processor a quarter as fast as this one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PHONE } from '../support/reader.js';
import { METERED, PAGES } from '../support/stories.js';
import { suite } from '../support/suite.js';

const as = suite();

/** Everything but pictures, as it comes over the wire: heads and bodies, compressed. */
const MOST_BYTES = 100 * 1024;

/** Cumulative layout shift, of which readers notice a tenth. */
const MOST_SHIFT = 0.05;

/** From the tap to the first letter, on loopback. */
const FIRST_PAINT_MS = 500;

const SLOWER = 4;

/** So many loads are measured together, of which the middle one counts. */
const LOADS = 5;

/** So often they are measured, as whatever else this machine does slows all five. */
const ROUNDS = 3;

const SCREENS = {
  'a phone': PHONE,
  'a desk': { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 },
};

/** Counts bytes by kind of what is loaded, and notes whom they come from. */
async function listen(session) {
  const kinds = new Map();
  const heard = { pictures: 0, rest: 0, hosts: new Set() };
  session.on('Network.requestWillBeSent', ({ requestId, request, type }) => {
    kinds.set(requestId, type);
    heard.hosts.add(new URL(request.url).origin);
  });
  session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    heard[kinds.get(requestId) === 'Image' ? 'pictures' : 'rest'] += encodedDataLength;
  });
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  return heard;
}

/** Reads to the end, a window at a time, and waits for every picture on the way. */
async function scroll(page) {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    for (let y = 0; y < document.documentElement.scrollHeight; y += window.innerHeight / 2) {
      window.scrollTo({ top: y, behavior: 'instant' });
      await frame();
      // One that isn't shown on this screen is never loaded.
      const shown = [...document.images].filter((one) => one.getClientRects().length > 0);
      const near = shown.filter((one) => one.getBoundingClientRect().top < window.innerHeight);
      await Promise.all(near.map((one) => (one.complete ? null : one.decode().catch(() => {}))));
    }
    await frame();
  });
}

/** How much of what was seen has moved without anybody's doing (web.dev/cls). */
const shift = (page) =>
  page.evaluate(() => {
    const observer = new PerformanceObserver(() => {});
    observer.observe({ type: 'layout-shift', buffered: true });
    const entries = observer.takeRecords().filter((entry) => !entry.hadRecentInput);
    observer.disconnect();
    return entries.reduce((sum, entry) => sum + entry.value, 0);
  });

const firstPaint = (page) =>
  page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);

const middle = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];

const [STORY] = METERED;

for (const [screen, options] of Object.entries(SCREENS)) {
  test(`a story is light, quick and still on ${screen}`, (t) =>
    as(options, async (reader) => {
      const { page } = reader;
      // The gate has it in memory, as it has of what anybody reads.
      await reader.open(`/stories/${STORY}`);
      const session = await reader.context.newCDPSession(page);
      const heard = await listen(session);
      const paints = [];
      for (let round = 0; round < ROUNDS && !paints.some((one) => one < FIRST_PAINT_MS); round += 1) {
        const times = [];
        for (let load = 0; load < LOADS; load += 1) {
          heard.rest = 0;
          await reader.open(`/stories/${STORY}`);
          times.push(await firstPaint(page));
        }
        paints.push(middle(times));
      }
      const paint = paints.at(-1);
      assert.ok(heard.rest > 0 && heard.rest <= MOST_BYTES, `${heard.rest} bytes before pictures`);
      assert.ok(paint < FIRST_PAINT_MS, `first paint after ${paints.map(Math.round).join(', ')} ms`);
      await scroll(page);
      const moved = await shift(page);
      t.diagnostic(`${heard.rest} bytes, first paint after ${Math.round(paint)} ms, shift ${moved.toFixed(4)}`);
      assert.ok(moved <= MOST_SHIFT, `it moves: ${moved}`);
      assert.deepEqual([...heard.hosts], [reader.base], 'nobody else is asked');
      assert.ok(heard.pictures > 0, 'there are pictures');
    }));

  test(`pictures fit their places on ${screen}`, () =>
    as(options, async (reader) => {
      for (const path of [PAGES.front, PAGES.section, `/stories/${STORY}`]) {
        await reader.open(path);
        await scroll(reader.page);
        const pictures = await reader.page.evaluate(() =>
          [...document.images].map((one) => {
            const { width, height } = one.getBoundingClientRect();
            // A picture that is cut to fit its frame is as high as it, and wider.
            const cut = getComputedStyle(one).objectFit === 'cover';
            const shown = cut ? Math.max(width, (height * one.naturalWidth) / one.naturalHeight) : width;
            return { src: one.currentSrc, shown, natural: one.naturalWidth, own: Number(one.getAttribute('width')) };
          }),
        );
        const dpr = options.deviceScaleFactor;
        const photographs = pictures.filter(({ src, shown }) => src.endsWith('.webp') && shown > 0);
        assert.ok(photographs.length > 0, `${path} has photographs`);
        const wanted = ({ shown, own }) => Math.min(shown * dpr, own, 1600);
        const original = ({ src }) => src.split('.').slice(0, -2).join('.');
        for (const one of photographs) {
          const width = Number(one.src.split('.').at(-2));
          const said = `${path}: ${one.src} in ${Math.round(one.shown)} pixels`;
          assert.ok(width >= wanted(one) * 0.75, `${said} is too coarse`);
          // What has been loaded for a larger place is there for a smaller one too.
          const same = photographs.filter((other) => original(other) === original(one));
          const most = Math.max(...same.map(wanted));
          assert.ok(width <= Math.max(320, most * 2.1), `${said} is too large`);
        }
      }
    }));
}
