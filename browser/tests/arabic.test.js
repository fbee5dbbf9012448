// In Arabic, from right to left.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { opinions } from '../support/axe.js';
import { LOCKED, METERED, PAGES, SHOP } from '../support/stories.js';
import { suite } from '../support/suite.js';

const as = suite('ar');

const ALL = { ...PAGES, ...SHOP };

test('page, notice and wall run from right to left', () =>
  as({}, async (reader) => {
    await reader.read(METERED[0], 'full', 'counted');
    assert.equal(await reader.page.locator('html').getAttribute('dir'), 'rtl');
    assert.equal(await reader.page.locator('html').getAttribute('lang'), 'ar');
    assert.equal(await reader.page.locator('.ludgate-notice').getAttribute('dir'), 'rtl');
    assert.match(await reader.said('.ludgate-notice .ludgate-text'), /\p{Script=Arabic}/u);
    await reader.read(LOCKED, 'preview', 'subscription-required');
    assert.equal(await reader.page.locator('.ludgate-wall').getAttribute('dir'), 'rtl');
  }));

test('the close button of the notice is at the left, after the words', () =>
  as({}, async (reader) => {
    await reader.read(METERED[0], 'full', 'counted');
    const words = await reader.page.locator('.ludgate-notice .ludgate-text').boundingBox();
    const button = await reader.page.locator('.ludgate-close').boundingBox();
    assert.ok(button.x < words.x, `${button.x} is left of ${words.x}`);
  }));

test('the notice reads from the right: the way to subscribe comes after the count, on its left', () =>
  as({}, async (reader) => {
    await reader.read(METERED[0], 'full', 'counted');
    const left = (name) => reader.page.locator(`.ludgate-notice ${name}`).first().evaluate((it) => {
      const range = document.createRange();
      range.selectNodeContents(it);
      return range.getBoundingClientRect().left;
    });
    const [count, link] = [await left('.ludgate-text'), await left('.ludgate-link')];
    assert.ok(link < count, `${link} is left of ${count}`);
  }));

test('no page scrolls sideways', () =>
  as({}, async (reader) => {
    for (const width of [320, 390, 1280]) {
      await reader.page.setViewportSize({ width, height: 844 });
      for (const path of Object.values(ALL)) {
        await reader.open(path);
        assert.equal(await reader.overflow(), 0, `${path} at ${width} px`);
      }
    }
  }));

test('axe-core finds nothing, in light and in dark', () =>
  as({ bypassCSP: true }, async (reader) => {
    assert.equal((await opinions(reader, ALL)).join('\n'), '');
  }));
