// In Japanese.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { opinions } from '../support/axe.js';
import { LOCKED, METERED, PAGES, SHOP } from '../support/stories.js';
import { suite } from '../support/suite.js';

const as = suite('ja');

const ALL = { ...PAGES, ...SHOP };

const NOTICES = [
  '今月、無料でお読みいただける記事はあと2本です',
  '今月、無料でお読みいただける記事はあと1本です',
  '今月、無料でお読みいただける最後の記事です',
];

test('readers are told where they stand in Japanese', () =>
  as({}, async (reader) => {
    for (const [index, notice] of NOTICES.entries()) {
      await reader.read(METERED[index], 'full', 'counted');
      assert.equal(await reader.said('.ludgate-notice .ludgate-text'), notice);
      assert.equal(await reader.page.locator('.ludgate-notice').getAttribute('lang'), 'ja');
    }
    await reader.read(METERED[3], 'preview', 'meter-exhausted');
    const wall = await reader.said('.ludgate-wall');
    assert.ok(wall.includes('今月の無料記事3本をすべてお読みいただきました。'), wall);
  }));

test('the page is Japanese and its stories say that they are English', () =>
  as({}, async (reader) => {
    await reader.read(LOCKED, 'preview', 'subscription-required');
    assert.equal(await reader.page.locator('html').getAttribute('lang'), 'ja');
    assert.equal(await reader.page.locator('.story-body').getAttribute('lang'), 'en');
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
