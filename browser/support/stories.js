// The demonstration's stories, read from the same files that it is built from.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = new URL('../../demo/content/stories/', import.meta.url);

/** What the demonstration shows of a withheld story, in words. */
const PREVIEW_WORDS = 100;

/** Three to count, and one more; of different sections. */
export const METERED = ['tide-gauge-error', 'stanner-head', 'weigh-house-closes', 'eels-at-chantry-weir'];
export const LOCKED = 'fenwick-quay-lease';
export const FREE = 'flood-warning-guide';
export const SPONSORED = { slug: 'lido-in-winter', sponsor: 'the Gallow Ness Lido Trust' };
/** One that is out within a week of the start, with a word that no other has in its headline. */
export const SCHEDULED = { slug: 'lime-wharf', word: 'wharf' };

/** Pages of every kind, as paths. */
export const PAGES = {
  front: '/',
  section: '/sections/city',
  story: `/stories/${METERED[0]}`,
  wall: `/stories/${LOCKED}`,
  sponsored: `/stories/${SPONSORED.slug}`,
  search: '/search?q=tide',
  missing: '/no-such-page',
};

/** Further pages of the publication. */
export const OTHERS = {
  topic: '/topics/ferry',
  author: '/authors/ruth-adeyinka',
  series: '/series/the-working-quays',
  archive: '/archive',
  corrections: '/corrections',
  feeds: '/feeds',
  contact: '/pages/contact',
  'about sponsored articles': '/pages/sponsored',
  gone: '/stories/lock-keepers-diary',
  'in another language': '/stories/hochwasserwarnungen',
  'in another script': '/stories/kozui-keiho-annai',
  'part of a series': '/stories/weigh-house-closes',
};

/** Pages of the publication's own app, before anybody is known. */
export const APP = {
  'reading list': '/-/app',
  'without a network': '/-/app/offline',
};

/** Pages where something is bought, before anybody is known. */
export const SHOP = {
  offers: '/-/subscribe',
  checkout: '/-/subscribe/three-months',
  gift: '/-/subscribe/gift',
  'sign-up': '/-/register',
  'sign-in': '/-/login',
};

const words = (text) => text.split(/\s+/).filter(Boolean).length;

// Words of plain letters side by side: no mark-up or typography comes between
// them on the way to the page.
// Days, which the demonstration moves to the clock, are left out.
const DAY = /\d+ (?:January|February|March|April|May|June|July|August|September|October|November|December)\b/;
const runs = (paragraph) =>
  paragraph.split(DAY).flatMap((part) => part.match(/\b[A-Za-z]+(?: [A-Za-z]+){5,}\b/g) ?? []);

/** The headline of a story. */
export function headline(slug) {
  const text = readFileSync(fileURLToPath(new URL(`${slug}.md`, FOLDER)), 'utf8');
  return text.match(/^title = "(.*)"$/m)[1];
}

/** What of a story may be shown to everybody, and what only under a decision. */
export function passages(slug) {
  const text = readFileSync(fileURLToPath(new URL(`${slug}.md`, FOLDER)), 'utf8');
  const body = text.split(/^\+\+\+$/m)[2].trim();
  let before = 0;
  const open = [];
  const locked = [];
  for (const paragraph of body.split(/\n{2,}/)) {
    const plain = paragraph.startsWith('#') ? [] : runs(paragraph);
    if (before === 0) open.push(...plain);
    // The paragraph in which the preview ends is shown whole or in part.
    if (before >= PREVIEW_WORDS) locked.push(...plain);
    before += words(paragraph);
  }
  return { open, locked };
}
