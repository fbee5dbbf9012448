// Reading to the wall, with JavaScript and without.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FREE, LOCKED, METERED, SPONSORED, passages } from '../support/stories.js';
import { suite } from '../support/suite.js';

const as = suite();

const NOTICES = [
  '2 free stories left this month',
  '1 free story left this month',
  'This is your last free story this month',
];

function holdsNone(html, passages, where) {
  assert.ok(passages.length > 5, `${where} has too little text to test with`);
  for (const passage of passages) assert.ok(!html.includes(passage), `${where} holds “${passage}”`);
}

async function readToTheWall(reader) {
  for (const [index, notice] of NOTICES.entries()) {
    const { decision } = await reader.read(METERED[index], 'full', 'counted');
    assert.deepEqual([decision.used, decision.limit], [String(index + 1), '3']);
    assert.equal(await reader.said('.ludgate-notice .ludgate-text'), notice);
    assert.equal(await reader.count('.ludgate-wall'), 0);
    const html = await reader.page.content();
    for (const passage of passages(METERED[index]).locked) assert.ok(html.includes(passage), passage);
  }
  await reader.read(METERED[3], 'preview', 'meter-exhausted');
}

for (const [name, options] of [
  ['with JavaScript', {}],
  ['without JavaScript', { javaScriptEnabled: false }],
]) {
  describe(name, () => {
    test('three stories are free and say how many are left; the fourth shows its beginning and the wall', () =>
      as(options, async (reader) => {
        await readToTheWall(reader);
        assert.equal(await reader.count('.ludgate-notice'), 0);
        assert.equal(await reader.said('.ludgate-wall h2'), 'Subscribe to keep reading');
        const wall = await reader.said('.ludgate-wall');
        assert.ok(wall.includes('You have read all 3 of your free stories this month.'), wall);
        assert.ok(await reader.page.locator('.ludgate-wall .ludgate-button').isVisible());
        const { open } = passages(METERED[3]);
        assert.ok((await reader.said('.story-body')).includes(open[0]), 'the beginning is there');
      }));

    test('a story that was counted is free to read again', () =>
      as(options, async (reader) => {
        await readToTheWall(reader);
        const { decision } = await reader.read(METERED[0], 'full', 'already-counted');
        assert.equal(decision.used, '3');
        assert.equal(await reader.count('.ludgate-wall'), 0);
      }));

    test('a withheld page holds nothing of what comes after its beginning', () =>
      as(options, async (reader) => {
        await readToTheWall(reader);
        for (const slug of [METERED[3], LOCKED]) {
          const { response } = await reader.open(`/stories/${slug}`);
          const { locked } = passages(slug);
          holdsNone(await reader.page.content(), locked, `the page of ${slug}`);
          holdsNone(await response.text(), locked, `the response of ${slug}`);
        }
      }));

    test('an exclusive story is walled at once, and costs nothing', () =>
      as(options, async (reader) => {
        await reader.read(LOCKED, 'preview', 'subscription-required');
        assert.ok(await reader.page.locator('.ludgate-wall').isVisible());
        const { decision } = await reader.read(METERED[0], 'full', 'counted');
        assert.equal(decision.used, '1');
      }));

    test('sponsored and free stories are open to who has nothing left', () =>
      as(options, async (reader) => {
        await readToTheWall(reader);
        await reader.read(SPONSORED.slug, 'full', 'sponsored');
        const label = await reader.said('.commission');
        assert.ok(label.includes(`Commissioned and paid for by ${SPONSORED.sponsor}`), label);
        assert.equal(await reader.count('.ludgate-wall, .ludgate-notice'), 0);
        await reader.read(FREE, 'full', 'free');
        assert.equal(await reader.count('.ludgate-wall, .ludgate-notice'), 0);
      }));
  });
}

test('who throws the cookie away is a new reader, and nothing else is remembered of them', () =>
  as({}, async (reader) => {
    await readToTheWall(reader);
    await reader.context.clearCookies();
    const { decision } = await reader.read(METERED[3], 'full', 'counted');
    assert.equal(decision.used, '1');
  }));

test('the cookie tells nothing, and scripts never see it', () =>
  as({}, async (reader) => {
    await reader.open('/');
    assert.deepEqual(await reader.context.cookies(), [], 'nothing is set before a story is counted');
    await reader.read(METERED[0], 'full', 'counted');
    const [cookie, ...others] = await reader.context.cookies();
    assert.deepEqual(others, []);
    assert.deepEqual([cookie.name, cookie.httpOnly, cookie.sameSite], ['ludgate', true, 'Lax']);
    assert.match(cookie.value, /^[\w-]{39}$/);
    assert.equal(await reader.page.evaluate(() => document.cookie), '');
  }));
