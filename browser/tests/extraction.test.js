// Programs that take a page's text out find the beginning, and nothing more.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { extracted } from '../support/extract.js';
import { launch, reader } from '../support/reader.js';
import { demo } from '../support/server.js';
import { LOCKED, METERED, headline, passages } from '../support/stories.js';
import { wordpress } from '../support/wordpress.js';

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

// What shows no text by itself: facts need not repeat the beginning.
const FACTS = ['extruct'];

async function check(someone, path, { open, locked }) {
  const { response } = await someone.open(path);
  const found = await extracted(someone.page, await response.text());
  for (const [program, text] of Object.entries(found)) {
    const plain = text.replace(/\s+/g, ' ');
    for (const passage of locked) assert.ok(!plain.includes(passage), `${program} finds “${passage}” in ${path}`);
    if (FACTS.includes(program)) continue;
    assert.ok(plain.includes(open[0]), `${program} finds the beginning of ${path}: ${plain}`);
  }
  return found;
}

const OPTIONS = { bypassCSP: true };

describe('in the demonstration', () => {
  let server;
  before(async () => {
    server = await demo();
  });
  after(() => server?.stop());

  test('a withheld story gives its beginning to reader modes and collectors', () =>
    reader(browser, server.base, OPTIONS, async (someone) => {
      for (const slug of METERED.slice(0, 3)) await someone.open(`/stories/${slug}`);
      for (const slug of [METERED[3], LOCKED]) await check(someone, `/stories/${slug}`, passages(slug));
    }));

  test('search results and lists give no more to collectors than to readers', () =>
    reader(browser, server.base, OPTIONS, async (someone) => {
      const withheld = [...METERED, LOCKED].flatMap((slug) => passages(slug).locked);
      const search = (words) => `/search?q=${encodeURIComponent(words)}`;
      const asked = withheld.slice(0, 3).map((words) => search(`"${words}"`));
      // Results that have the withheld stories themselves, found by what everybody may read.
      const found = new Map([METERED[0], METERED[3], LOCKED].map((slug) => [search(headline(slug)), slug]));
      for (const path of ['/', '/sections/city', '/search?q=tide', '/feeds', ...asked, ...found.keys()]) {
        const { response } = await someone.open(path);
        const slug = found.get(path);
        if (slug) assert.ok(await someone.count(`.results a[href="/stories/${slug}"]`), `${path} has ${slug}`);
        const said = await extracted(someone.page, await response.text());
        for (const [program, text] of Object.entries(said)) {
          const plain = text.replace(/\s+/g, ' ');
          // What somebody typed is theirs.
          const typed = decodeURIComponent(path);
          for (const passage of withheld.filter((passage) => !typed.includes(passage))) {
            assert.ok(!plain.includes(passage), `${program} finds “${passage}” in ${path}`);
          }
        }
      }
    }));

  test('they find all of a story that is open, so they would have found more', () =>
    reader(browser, server.base, OPTIONS, async (someone) => {
      const { response } = await someone.open(`/stories/${METERED[0]}`);
      const found = await extracted(someone.page, await response.text());
      const { locked } = passages(METERED[0]);
      for (const program of ['readability', 'trafilatura']) {
        assert.ok(found[program].replace(/\s+/g, ' ').includes(locked.at(-1)), program);
      }
    }));
});

describe('in front of WordPress', () => {
  let site;
  before(async () => {
    site = await wordpress({ chatty: true });
  });
  after(() => site?.stop());

  const told = (name) => {
    const { canaries, shown } = site.story(name);
    return { open: canaries.slice(0, shown), locked: canaries.slice(shown) };
  };

  test('a withheld story gives its beginning to reader modes and collectors', () =>
    reader(browser, site.base, OPTIONS, async (someone) => {
      for (const name of ['a', 'b', 'c']) await someone.open(site.story(name).path);
      for (const name of ['d', 'locked', 'classic', 'long', 'excerpted']) {
        await check(someone, site.story(name).path, told(name));
      }
    }));

  test('they find all of a story that is open, so they would have found more', () =>
    reader(browser, site.base, OPTIONS, async (someone) => {
      const { response } = await someone.open(site.story('a').path);
      const found = await extracted(someone.page, await response.text());
      for (const [program, text] of Object.entries(found)) {
        assert.ok(text.includes(told('a').locked.at(-1)), program);
      }
    }));
});
