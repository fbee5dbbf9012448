// Feeds, maps and facts as programs read them: feedparser, a schema of maps, the rules
// of JSON Feed, and a validator of structured data. None of them finds a withheld word.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import Validator from '@adobe/structured-data-validator';
import WebAutoExtractor from '@marbec/web-auto-extractor';
import { inPython } from '../support/python.js';
import { demo } from '../support/server.js';
import { FREE, LOCKED, METERED, PAGES, SPONSORED, passages } from '../support/stories.js';

let server;
before(async () => {
  server = await demo();
});
after(() => server?.stop());

const FOLDER = new URL('../../demo/content/stories/', import.meta.url);
const STORIES = readdirSync(FOLDER).map((file) => file.replace(/\.md$/, ''));

/** What is over the texts, which everybody may read: a headline may quote its story. */
const OPEN = STORIES.map((slug) => readFileSync(new URL(`${slug}.md`, FOLDER), 'utf8').split(/^\+\+\+$/m)[1]).join('\n');

/** What no feed and no map may say of any story, wherever it begins. */
const CANARIES = STORIES.flatMap((slug) => passages(slug).locked).filter((words) => !OPEN.includes(words));

async function get(path) {
  const response = await fetch(new URL(path, server.base), { redirect: 'manual' });
  return { response, text: await response.text() };
}

function saysNothing(text, path) {
  const plain = text.replace(/\s+/g, ' ');
  for (const canary of CANARIES) assert.ok(!plain.includes(canary), `${path} says “${canary}”`);
}

/** The addresses of feeds that a page leads programs to, by their type. */
async function feedsOf(path) {
  const { text } = await get(path);
  const links = text.match(/<link rel="alternate"[^>]* type="application\/(?:rss|atom|feed)[^>]*>/g) ?? [];
  return links.map((link) => ({ type: link.match(/type="([^"]+)"/)[1], href: link.match(/href="([^"]+)"/)[1] }));
}

/** Every feed of the demonstration: of everything, and of each section, topic and author. */
async function everyFeed() {
  const pages = new Set(['/']);
  for (const slug of STORIES) {
    const { text } = await get(`/stories/${slug}`);
    for (const [, path] of text.matchAll(/href="(\/(?:sections|topics|authors)\/[^"?#]+)"/g)) pages.add(path);
  }
  const feeds = new Map();
  for (const page of pages) for (const feed of await feedsOf(page)) feeds.set(feed.href, feed.type);
  return feeds;
}

// JSON Feed 1.1: which fields there may be, and of which type.
const FEED = {
  version: 'string', title: 'string', home_page_url: 'string', feed_url: 'string', description: 'string',
  next_url: 'string', icon: 'string', language: 'string', items: 'object',
};
const ITEM = {
  id: 'string', url: 'string', title: 'string', content_html: 'string', content_text: 'string', summary: 'string',
  image: 'string', date_published: 'string', date_modified: 'string', authors: 'object', tags: 'object', language: 'string',
};
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function fits(object, fields, where) {
  for (const [key, value] of Object.entries(object)) {
    if (key.startsWith('_')) assert.equal(typeof value, 'object', `${where}: ${key}`);
    else assert.equal(typeof value, fields[key], `${where}: ${key}`);
  }
}

function isJsonFeed(feed, where) {
  fits(feed, FEED, where);
  assert.equal(feed.version, 'https://jsonfeed.org/version/1.1', where);
  assert.ok(feed.title && Array.isArray(feed.items), where);
  for (const item of feed.items) {
    fits(item, ITEM, where);
    assert.ok(item.id && (item.content_html ?? item.content_text), where);
    for (const date of [item.date_published, item.date_modified]) assert.match(date, RFC_3339, where);
    for (const author of item.authors) assert.ok(author.name && new URL(author.url), where);
    assert.ok(item.tags.every((tag) => typeof tag === 'string'), where);
  }
}

test('every feed is one that programs read, with excerpts only', async () => {
  const feeds = await everyFeed();
  assert.ok(feeds.size > 50, `${feeds.size} feeds`);
  const versions = { 'application/rss+xml': 'rss20', 'application/atom+xml': 'atom10' };
  for (const [path, type] of feeds) {
    const { response, text } = await get(path);
    assert.equal(response.status, 200, path);
    assert.ok(response.headers.get('content-type').startsWith(type), path);
    saysNothing(text, path);
    if (type === 'application/feed+json') {
      isJsonFeed(JSON.parse(text), path);
      continue;
    }
    assert.doesNotMatch(text, /<content[:\s>]/, path);
    const found = await inPython('feeds.py', text, 'feed');
    assert.equal(found.wrong, null, path);
    assert.equal(found.version, versions[type], path);
    assert.ok(found.title && found.link.startsWith(server.base) && found.language, path);
    assert.ok(found.entries.length > 0 && found.entries.length <= 40, path);
    const ids = found.entries.map((entry) => entry.id);
    assert.equal(new Set(ids).size, ids.length, path);
    for (const entry of found.entries) {
      assert.equal(entry.id, entry.link, path);
      assert.ok(entry.title && entry.summary && entry.published && entry.updated, `${path}: ${entry.id}`);
      assert.ok(entry.authors.length > 0 && entry.tags.length > 0, `${path}: ${entry.id}`);
    }
  }
});

test('the three formats of a feed have the same stories in the same order', async () => {
  const [rss, atom] = await Promise.all(
    ['/rss.xml', '/feed.xml'].map(async (path) => inPython('feeds.py', (await get(path)).text, 'feed')),
  );
  const json = JSON.parse((await get('/feed.json')).text);
  const ids = json.items.map((item) => item.id);
  assert.deepEqual(rss.entries.map((entry) => entry.id), ids);
  assert.deepEqual(atom.entries.map((entry) => entry.id), ids);
  const sponsored = atom.entries.find((entry) => entry.id.endsWith(SPONSORED.slug));
  if (sponsored) assert.match(sponsored.title, /^Sponsored: /);
});

test('the maps hold every page once, and lead nowhere else', async () => {
  const index = await inPython('feeds.py', (await get('/sitemap.xml')).text, 'map');
  assert.deepEqual([index.kind, index.wrong], ['sitemapindex', []]);
  const places = new Set();
  for (const map of index.places) {
    const { text } = await get(map.url);
    saysNothing(text, map.url);
    const found = await inPython('feeds.py', text, 'map');
    assert.deepEqual([found.kind, found.wrong], ['urlset', []], map.url);
    if (map.url.endsWith('/news.xml')) continue;
    for (const place of found.places) {
      assert.ok(!places.has(place.url), place.url);
      places.add(place.url);
    }
  }
  for (const path of ['/', '/feeds', ...STORIES.map((slug) => `/stories/${slug}`)]) {
    const { response, text } = await get(path);
    const isIn = places.has(new URL(path, server.base).href);
    assert.equal(isIn, response.status === 200, path);
    if (isIn) assert.ok(text.includes(`<link rel="canonical" href="${new URL(path, server.base).href}">`), path);
  }
  const robots = (await get('/robots.txt')).text;
  for (const [, map] of robots.matchAll(/^Sitemap: (.*)$/gm)) assert.equal((await get(map)).response.status, 200, map);
});

describe('what a program holds', () => {
  for (const path of ['/rss.xml', '/feed.xml', '/feed.json', '/sitemap.xml', '/sitemaps/pages.xml', '/robots.txt']) {
    test(`${path} isn't sent again, and comes compressed`, async () => {
      const { response } = await get(path);
      const etag = response.headers.get('etag');
      assert.ok(etag, path);
      const again = await fetch(new URL(path, server.base), { headers: { 'if-none-match': etag } });
      assert.deepEqual([again.status, await again.text()], [304, ''], path);
      for (const encoding of ['gzip', 'zstd']) {
        const packed = await fetch(new URL(path, server.base), { method: 'HEAD', headers: { 'accept-encoding': encoding } });
        assert.equal(packed.headers.get('content-encoding'), encoding, path);
      }
    });
  }
});

describe('facts for search engines', () => {
  const stories = [FREE, LOCKED, METERED[0], SPONSORED.slug].map((slug) => `/stories/${slug}`);
  for (const path of [...stories, PAGES.front, PAGES.section]) {
    test(`${path} says them so that a validator finds no error`, async () => {
      const { text } = await get(path);
      const facts = new WebAutoExtractor({ addLocation: true, embedSource: ['rdfa', 'microdata'] }).parse(text);
      assert.deepEqual(facts.errors ?? [], [], path);
      const issues = await new Validator().validate(facts);
      const errors = issues.filter((issue) => issue.severity === 'ERROR');
      assert.deepEqual(errors, [], path);
      saysNothing(JSON.stringify(facts), path);
    });
  }

  test('a withheld story names the part that is withheld, and an open one none', async () => {
    for (const [slug, isFree] of [[FREE, true], [LOCKED, false], [METERED[0], false]]) {
      const { text } = await get(`/stories/${slug}`);
      const { jsonld } = new WebAutoExtractor().parse(text);
      const article = Object.entries(jsonld).find(([type]) => /Article$/.test(type))?.[1][0];
      assert.ok(article, slug);
      const open = [true, 'True', 'true'].includes(article.isAccessibleForFree ?? true);
      assert.equal(open, isFree, slug);
      if (isFree) continue;
      const parts = [article.hasPart].flat();
      for (const { cssSelector } of parts) {
        const name = cssSelector.match(/^\.([\w-]+)$/)?.[1];
        assert.ok(name && new RegExp(`class="[^"]*\\b${name}\\b`).test(text), `${slug}: ${cssSelector}`);
      }
    }
  });
});
