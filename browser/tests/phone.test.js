// On a phone, by touch.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PHONE } from '../support/reader.js';
import { LOCKED, METERED, PAGES } from '../support/stories.js';
import { suite } from '../support/suite.js';

const as = suite();

/** The least that a finger hits, in CSS pixels: WCAG 2.2, success criterion 2.5.8. */
const FINGER = 24;

test('the countdown stays in sight while the story is read, and can be touched away', () =>
  as(PHONE, async ({ page, ...reader }) => {
    await page.goto(`${reader.base}/stories/${METERED[0]}`);
    const bar = page.locator('.ludgate-bar');
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight / 2));
    await page.locator('.ludgate-bar.ludgate-stuck').waitFor();
    // It slides in; where it comes to rest counts.
    await bar.evaluate((element) => Promise.all(element.getAnimations().map((one) => one.finished)));
    const box = await bar.boundingBox();
    assert.ok(box.y >= 0 && box.y + box.height <= 844, `in the window: ${JSON.stringify(box)}`);
    assert.ok(box.height <= 844 / 5, `leaves room to read: ${box.height} px`);
    await page.locator('.ludgate-close').tap();
    await bar.waitFor({ state: 'hidden' });
  }));

test('the wall fits the window and its buttons fit a finger', () =>
  as(PHONE, async (reader) => {
    await reader.read(LOCKED, 'preview', 'subscription-required');
    const wall = reader.page.locator('.ludgate-wall');
    const { x, width } = await wall.boundingBox();
    assert.ok(x >= 0 && x + width <= 390, `${x} and ${width} px wide`);
    for (const action of await wall.locator('.ludgate-button').all()) {
      const box = await action.boundingBox();
      assert.ok(box.height >= 44 && box.width >= FINGER, JSON.stringify(box));
    }
  }));

test('the menu opens by touch and leads to a section', () =>
  as(PHONE, async (reader) => {
    await reader.open('/');
    await reader.page.locator('.menu summary').tap();
    const link = reader.page.locator('.menu__sections a').first();
    assert.ok((await link.boundingBox()).height >= FINGER);
    const landmark = reader.page.getByRole('navigation', { name: 'Menu' });
    assert.equal(await landmark.count(), 1);
    await Promise.all([reader.page.waitForURL('**/sections/*'), link.tap()]);
  }));

test('twice as large letters neither widen a page nor are cut off', () =>
  as({ ...PHONE, viewport: { width: 375, height: 844 } }, async (reader) => {
    const session = await reader.context.newCDPSession(reader.page);
    await session.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
    for (const path of [...Object.values(PAGES), '/contact', '/authors/ines-marlow']) {
      await reader.open(path);
      const size = await reader.page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
      assert.equal(size, '32px');
      assert.equal(await reader.overflow(), 0, path);
      const button = await reader.page.locator('.masthead .subscribe').boundingBox();
      assert.ok(button.x >= 0 && button.x + button.width <= 375, `${path}: ${JSON.stringify(button)}`);
    }
  }));

for (const [name, path] of Object.entries(PAGES)) {
  test(`${name}: nothing scrolls sideways at 390 and at 320 pixels`, () =>
    as(PHONE, async (reader) => {
      for (const width of [390, 320]) {
        await reader.page.setViewportSize({ width, height: 844 });
        await reader.open(path);
        assert.equal(await reader.overflow(), 0, `${path} at ${width} px`);
      }
    }));
}
