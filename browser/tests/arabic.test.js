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

/** How far from the middle of what holds it something's words stand, in pixels. */
const offCentre = (page, name, within) =>
  page.evaluate(
    ([name, within]) => {
      const range = document.createRange();
      range.selectNodeContents(document.querySelector(name));
      const [words, room] = [range.getBoundingClientRect(), document.querySelector(within).getBoundingClientRect()];
      return Math.abs(words.left + words.width / 2 - (room.left + room.width / 2));
    },
    [name, within],
  );

test('the paper’s name and its motto stand in the middle, on paper too', () =>
  as({}, async (reader) => {
    for (const media of ['screen', 'print']) {
      await reader.page.emulateMedia({ media });
      for (const [path, names] of [
        [PAGES.front, ['.masthead__name', '.masthead__motto']],
        [PAGES.section, ['.masthead__name']],
        [PAGES.story, ['.masthead__name']],
      ]) {
        await reader.open(path);
        for (const name of names) {
          const off = await offCentre(reader.page, name, '.masthead__plate');
          assert.ok(off < 1, `${name} of ${path}, ${media}: ${off} px off`);
        }
      }
    }
  }));

test('what is in Latin letters has a face for them', () =>
  as({}, async (reader) => {
    const face = (name) => reader.page.locator(name).first().evaluate((it) => getComputedStyle(it).fontFamily);
    for (const slug of METERED) await reader.open(`/stories/${slug}`);
    await reader.open(PAGES.front);
    const latin = await face('.latest a[lang=en]');
    assert.match(latin, /Georgia/);
    // What is read most may not be counted yet: its rule is looked at by itself.
    const read = await reader.page.evaluate(() => {
      const list = document.createElement('ol');
      list.className = 'read';
      list.innerHTML = '<li><p><a lang="en" href="/">What 1,900 lanterns cost</a></p></li>';
      document.querySelector('main').append(list);
      return getComputedStyle(list.querySelector('a')).fontFamily;
    });
    assert.equal(read, latin);
    for (const path of ['/-/login', '/-/subscribe', '/-/app']) {
      await reader.open(path);
      assert.match(await face('.head__name bdi'), /Georgia/, path);
    }
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
