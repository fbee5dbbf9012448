// Whoever reads, and however: axe-core, the keyboard, the printer.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { opinions } from '../support/axe.js';
import { PHONE } from '../support/reader.js';
import { APP, LOCKED, METERED, OTHERS, PAGES } from '../support/stories.js';
import { suite } from '../support/suite.js';

const as = suite();

/** What counts as good, of the most that a page may jump: web.dev/articles/cls says 0.1. */
const MAX_SHIFT = 0.05;

for (const [name, path] of Object.entries({ ...PAGES, ...OTHERS, ...APP })) {
  test(`${name}: axe-core finds nothing, in light and in dark`, () =>
    as({ bypassCSP: true }, async (reader) => {
      assert.equal((await opinions(reader, { [name]: path })).join('\n'), '');
      if (name === 'story') assert.equal(await reader.count('.ludgate-notice'), 1);
      if (name === 'wall') assert.equal(await reader.count('.ludgate-wall'), 1);
    }));

  // The app's pages have nothing before their content but the paper's name.
  if (!(name in APP)) {
    test(`${name}: the first key leads to the content`, () =>
      as({}, async (reader) => {
        await reader.open(path);
        await reader.page.keyboard.press('Tab');
        const skip = reader.page.locator(':focus');
        assert.equal(await skip.getAttribute('href'), '#content');
        const box = await skip.boundingBox();
        assert.ok(box.x >= 0 && box.y >= 0 && box.width > 40 && box.height > 20, JSON.stringify(box));
        await reader.page.keyboard.press('Enter');
        assert.equal(await reader.page.locator(':focus').getAttribute('id'), 'content');
      }));
  }

  test(`${name}: wherever the focus goes, it is seen`, () =>
    as({}, async (reader) => {
      await reader.open(path);
      const unseen = [];
      for (let step = 0; step < 60; step += 1) {
        await reader.page.keyboard.press('Tab');
        const focus = await reader.page.evaluate(focused);
        if (focus === null) break;
        if (!focus.seen) unseen.push(focus.what);
      }
      assert.equal(unseen.join('\n'), '');
    }));

  test(`${name}: nothing jumps while it loads`, () =>
    as(PHONE, async (reader) => {
      await reader.open(path);
      const shift = await reader.page.evaluate(layoutShift);
      assert.ok(shift <= MAX_SHIFT, `${shift}`);
    }));
}

// Runs in the page. `null` where the keyboard has left the page.
function focused() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
  const outlined = outlineStyle === 'auto' || (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2);
  const { width, height } = element.getBoundingClientRect();
  return {
    what: element.outerHTML.slice(0, 120),
    seen: (outlined || boxShadow !== 'none') && width > 0 && height > 0,
  };
}

// Runs in the page: what has shifted so far, once two frames have been drawn.
function layoutShift() {
  return new Promise((resolve) => {
    let sum = 0;
    const add = (list) => list.forEach((entry) => (sum += entry.hadRecentInput ? 0 : entry.value));
    const observer = new PerformanceObserver((list) => add(list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        add(observer.takeRecords());
        resolve(sum);
      }),
    );
  });
}

test('a notice is closed with the keyboard, and stays closed in the session', () =>
  as({}, async (reader) => {
    await reader.read(METERED[0], 'full', 'counted');
    const close = reader.page.getByRole('button', { name: 'Close this notice' });
    await close.focus();
    await reader.page.keyboard.press('Enter');
    await reader.page.locator('.ludgate-notice').waitFor({ state: 'hidden' });
    const focus = await reader.page.evaluate(() => document.activeElement.className);
    assert.equal(focus, 'story-body', 'the focus goes where the notice was');
    await reader.read(METERED[1], 'full', 'counted');
    assert.equal(await reader.page.locator('.ludgate-notice').isVisible(), false);
    // The last story is another thing to say.
    await reader.read(METERED[2], 'full', 'counted');
    assert.equal(await reader.page.locator('.ludgate-notice').isVisible(), true);
  }));

test('a walled page prints the wall as a line', () =>
  as({}, async (reader) => {
    await reader.read(LOCKED, 'preview', 'subscription-required');
    await reader.page.emulateMedia({ media: 'print' });
    assert.equal(
      await reader.said('.ludgate-wall'),
      'The rest of this story is for subscribers to The Ludgate Review.',
    );
    const { height } = await reader.page.locator('.ludgate-wall').boundingBox();
    assert.ok(height < 120, `${height} px high`);
  }));

test('an open story prints without notice and furniture', () =>
  as({}, async (reader) => {
    await reader.read(METERED[0], 'full', 'counted');
    await reader.page.emulateMedia({ media: 'print' });
    for (const selector of ['.ludgate-notice', '.masthead__bar', '.colophon', '.share']) {
      assert.equal(await reader.page.locator(selector).isVisible(), false, selector);
    }
    assert.ok(await reader.page.locator('.story-body').isVisible());
    assert.ok((await reader.page.pdf()).length > 10_000);
  }));
