// A story on paper, as a subscriber keeps it and as the wall leaves it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printed } from '../support/paper.js';
import { FREE, LOCKED, METERED, SPONSORED, passages } from '../support/stories.js';
import { CARDS, Subscriber } from '../support/subscriber.js';
import { afresh, suite } from '../support/suite.js';

const as = suite();
const alone = afresh();

/** Sheets that a story of a thousand words takes with its picture. */
const MOST_SHEETS = 2;

/** What nobody wants on paper. */
const FURNITURE = [/Read next/, /Sponsored articles/, /Facebook/, /free stor(y|ies) left/, /Advertisement/, /Subscribe(?! to)/];

// A hyphen that a line ends with may be the word's own: both are asked without.
const plain = (text) => text.replaceAll('-', '');
const holds = (text, passage) => plain(text).includes(plain(passage));

function insist(text, slug, { whole }) {
  const { open, locked } = passages(slug);
  assert.ok(holds(text, open[0]), `the beginning of ${slug} is printed: ${text.slice(0, 600)}`);
  for (const passage of locked) {
    assert.equal(holds(text, passage), whole, `${slug}: “${passage}”`);
  }
  for (const words of FURNITURE) assert.doesNotMatch(text, words);
}

test('a subscriber keeps all of a story, with what it is quoted by, and nothing that sells', () =>
  alone({ bypassCSP: true }, async (reader, publisher) => {
    const subscriber = new Subscriber(reader, publisher);
    await reader.read(LOCKED, 'preview', 'subscription-required');
    await subscriber.take('three-months');
    await subscriber.signUp();
    await subscriber.pay(CARDS.works, LOCKED);
    const { sheets, text } = await printed(reader.page);
    insist(text, LOCKED, { whole: true });
    for (const words of [
      'The Ludgate Review',
      'Fenwick Quay floods when the rent is set',
      'By Ines Marlow and Dermot Ashby',
      'Drawing: Anselm Roe',
      `/stories/${LOCKED}`,
    ]) {
      assert.ok(text.includes(words), `${words}: ${text.slice(0, 400)}`);
    }
    assert.ok(sheets <= MOST_SHEETS, `${sheets} sheets`);
  }));

test('at the wall the beginning is printed, a line that says whose the rest is, and nothing of the rest', () =>
  as({}, async (reader) => {
    for (const slug of METERED.slice(0, 3)) await reader.read(slug, 'full', 'counted');
    for (const [slug, reason] of [
      [LOCKED, 'subscription-required'],
      [METERED[3], 'meter-exhausted'],
    ]) {
      await reader.read(slug, 'preview', reason);
      const { sheets, text } = await printed(reader.page);
      insist(text, slug, { whole: false });
      assert.match(text, /The rest of this story is for subscribers to The Ludgate Review\./);
      assert.doesNotMatch(text, /\$9\.00|Sign in|all 3 of your free stories/);
      assert.equal(sheets, 1, slug);
    }
  }));

test('who had a free story left prints all of it, without being told so on paper', () =>
  as({}, async (reader) => {
    for (const [slug, reason] of [
      [METERED[0], 'counted'],
      [FREE, 'free'],
    ]) {
      await reader.read(slug, 'full', reason);
      const { sheets, text } = await printed(reader.page);
      insist(text, slug, { whole: true });
      assert.ok(sheets <= MOST_SHEETS, `${slug}: ${sheets} sheets`);
    }
  }));

test('in the dark it is printed black on white, however the screen is', () =>
  as({ colorScheme: 'dark' }, async (reader) => {
    await reader.read(METERED[0], 'full', 'counted');
    await reader.page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const colours = await reader.page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.body);
      return [getComputedStyle(document.querySelector('.story-body')).color, color, backgroundColor];
    });
    assert.deepEqual(colours, ['rgb(0, 0, 0)', 'rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
  }));

test('a sponsored story is printed with what it has to say of itself, and in no frame', () =>
  as({}, async (reader) => {
    await reader.open(`/stories/${SPONSORED.slug}`);
    const { text } = await printed(reader.page);
    for (const words of ['Sponsored', `Commissioned and paid for by ${SPONSORED.sponsor}`]) assert.ok(text.includes(words), text.slice(0, 400));
    await reader.page.emulateMedia({ media: 'print' });
    const sheet = reader.page.locator('.story__sheet');
    const rules = await sheet.evaluate((it) => {
      const style = getComputedStyle(it);
      return [style.borderBlockStartWidth, style.borderBlockEndWidth];
    });
    assert.deepEqual(rules, ['0px', '0px']);
  }));
