// A story that is to come is nowhere, and at its minute everywhere.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SCHEDULED } from '../support/stories.js';
import { afresh } from '../support/suite.js';

const as = afresh();

const PATH = `/stories/${SCHEDULED.slug}`;

/** Where it is to be seen once it is out. */
const PLACES = [
  '/',
  '/sections/city',
  '/topics/flooding',
  '/authors/ines-marlow',
  '/series/eleven-streets',
  `/search?q=${SCHEDULED.word}`,
  '/feed.xml',
  '/rss.xml',
  '/feed.json',
  '/sitemaps/news.xml',
];

async function seen(base, path) {
  const response = await fetch(base + path);
  assert.equal(response.status, 200, path);
  return (await response.text()).includes(PATH);
}

test('a story of next week is nowhere before, and everywhere from its minute on', () =>
  as({}, async (reader, publisher) => {
    assert.equal((await reader.open(PATH)).status, 404);
    for (const path of PLACES) assert.equal(await seen(reader.base, path), false, path);
    await publisher.advance('7 days');
    await reader.read(SCHEDULED.slug, 'full', 'counted');
    for (const path of PLACES) assert.equal(await seen(reader.base, path), true, path);
    await reader.open(PATH);
    assert.match(await reader.said('.series__where'), /4/);
  }));
