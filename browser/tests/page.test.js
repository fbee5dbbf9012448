// The page that has to work: every element of a news page, looked for in the
// rendered demonstration for each reader that there is.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FREE, LOCKED, METERED, SPONSORED } from '../support/stories.js';
import { CARDS, Subscriber } from '../support/subscriber.js';
import { afresh } from '../support/suite.js';

const as = afresh();

const onTrial = afresh([
  [
    '[[offers]]',
    '[[offers]]\nid = "trial"\nplan = "digital-monthly"\nphases = [{ trial = "14 days" }]\n' +
      'for = "new readers"\n\n[[offers]]',
  ],
]);

/** A story that has nearly everything: all of it is free to count. */
const STORY = METERED[0];

/** What is on every story's page, whoever reads it. */
const EVERYWHERE = {
  'site title': '.masthead__name a[href="/"]',
  menu: 'nav.sections a[aria-current]',
  search: 'form.finder[role=search] input[name=q]',
  contact: '.masthead__tools a[href="/pages/contact"]',
  'topic label over the headline': '.story__head .kicker__label',
  headline: 'h1.story__title',
  standfirst: '.story__standfirst',
  byline: '.story__byline a[rel=author]',
  'reading time': '.story__reading',
  'lead picture': '.story__picture img[alt]:not([alt=""])',
  caption: '.story__picture figcaption',
  credit: '.story__picture .plate__credit',
  dateline: '.story-body .dateline',
  body: '.story-body > p:nth-of-type(2)',
  Facebook: '.share a[href^="https://www.facebook.com/"]',
  LinkedIn: '.share a[href^="https://www.linkedin.com/"]',
  X: '.share a[href^="https://x.com/"]',
  'e-mail': '.share a[href^="mailto:"]',
  print: '.share [data-print] button',
  'size of the text': '.sizes [aria-pressed=true]',
  topics: '.topics a[rel=tag]',
  'next story': '.next a[rel=next]',
  related: '.related .card',
  'sponsored module': '.sponsored .card--sponsored',
  'how sponsored articles work': '.sponsored a[href="/pages/sponsored"]',
};

/** What the text holds as far as it is there. */
const SLOTS = { promotion: '.slot--promotion', advertising: '.slot--advertisement .slot__label' };

/** What sells: never to who subscribes. */
const SOLD = { ...SLOTS, subscribe: '.masthead .subscribe' };
delete SOLD.advertising;

async function seen(reader, elements) {
  const missing = [];
  for (const [name, selector] of Object.entries(elements)) {
    const found = reader.page.locator(selector).first();
    if (!(await found.isVisible())) missing.push(`${name} (${selector})`);
  }
  return missing;
}

/** Insists that all are there to be seen. */
async function has(reader, elements) {
  assert.deepEqual(await seen(reader, elements), []);
}

/** Insists that none of them can be seen. */
async function hasnt(reader, elements) {
  const missing = await seen(reader, elements);
  assert.equal(missing.length, Object.keys(elements).length, `seen: ${JSON.stringify(elements)}, not: ${missing}`);
}

const without = (elements, ...names) =>
  Object.fromEntries(Object.entries(elements).filter(([name]) => !names.includes(name)));

/** The demonstration's stories have no dateline but for some. */
const ALL = without(EVERYWHERE, 'dateline');

const WALL = {
  wall: '.ludgate-wall',
  'unlimited access': '.ludgate-wall .ludgate-eyebrow',
  pitch: '.ludgate-wall .ludgate-title',
  'offer of the day': '.ludgate-wall .ludgate-price',
  'way to subscribe': '.ludgate-wall .ludgate-button',
  'all offers': '.ludgate-wall .ludgate-more a',
};

const BUNDLE = /Every story, without limit The apps for phone and tablet/;

/** Where phones and tablets have what a desk has in a row. */
const IN_THE_MENU = {
  sections: '.menu__sections a[aria-current]',
  contact: '.menu__pages a[href="/pages/contact"]',
  account: '.menu__pages a[href="/-/account"]',
};

test('a metered reader sees the whole page, and how many free stories are left', () =>
  as({}, async (reader) => {
    await reader.read(STORY, 'full', 'counted');
    await has(reader, { ...EVERYWHERE, ...SLOTS, ...SOLD });
    assert.match(await reader.said('.ludgate-notice'), /^2 free stories left this month/);
    await hasnt(reader, WALL);
    await reader.read(METERED[1], 'full', 'counted');
    assert.match(await reader.said('.ludgate-notice'), /^1 free story left this month/);
    await reader.read(METERED[2], 'full', 'counted');
    assert.match(await reader.said('.ludgate-notice'), /^This is your last free story this month/);
    await has(reader, ALL);
    // Then the beginning, and the wall.
    await reader.read(METERED[3], 'preview', 'meter-exhausted');
    await has(reader, { ...ALL, ...WALL });
    await hasnt(reader, { ...SLOTS, notice: '.ludgate-notice' });
    const wall = await reader.said('.ludgate-wall');
    assert.match(wall, /You have read all 3 of your free stories this month\. 3 months for \$9\.00/);
    assert.match(wall, /Ends \d+ [A-Z][a-z]+/);
    assert.match(wall, BUNDLE);
    // What is free stays so, and tells nobody anything.
    await reader.read(FREE, 'full', 'free');
    await has(reader, ALL);
    await hasnt(reader, { ...WALL, ...SLOTS, notice: '.ludgate-notice' });
  }));

test('who has an account sees the same page, a larger allowance, and a wall that doesn’t ask who they are', () =>
  as({ bypassCSP: true }, async (reader, publisher) => {
    const subscriber = new Subscriber(reader, publisher);
    await reader.read(LOCKED, 'preview', 'subscription-required');
    await subscriber.take('three-months');
    await subscriber.signUp();
    await reader.read(STORY, 'full', 'counted');
    await has(reader, { ...EVERYWHERE, ...SLOTS, ...SOLD });
    await hasnt(reader, { ...WALL, notice: '.ludgate-notice' });
    const more = [...METERED.slice(1), 'last-night-tenter-hall'];
    const notices = [undefined, /^2 free stories left/, /^1 free story left/, /^This is your last free story/];
    for (const [index, slug] of more.entries()) {
      await reader.read(slug, 'full', 'counted');
      if (notices[index]) assert.match(await reader.said('.ludgate-notice'), notices[index]);
      await has(reader, ALL);
    }
    await reader.read('fish-auction-clock', 'preview', 'meter-exhausted');
    await has(reader, { ...ALL, ...WALL, subscribe: SOLD.subscribe });
    await hasnt(reader, SLOTS);
    const wall = await reader.said('.ludgate-wall');
    assert.match(wall, /You have read all 5 of your free stories this month\./);
    assert.doesNotMatch(wall, /Sign in/);
  }));

test('a sponsored story says so, who commissioned it, and sells nothing besides', () =>
  as({}, async (reader) => {
    for (let again = 0; again < 5; again += 1) await reader.read(SPONSORED.slug, 'full', 'sponsored');
    await has(reader, ALL);
    await has(reader, { label: '.commission__label', by: '.commission__by', note: '.commission__note a' });
    assert.equal(await reader.said('.commission__by'), `Commissioned and paid for by ${SPONSORED.sponsor}`);
    await hasnt(reader, { ...WALL, ...SLOTS, notice: '.ludgate-notice' });
    // And wherever it is listed.
    await reader.open('/');
    const cards = reader.page.locator('.card--sponsored');
    assert.equal(await cards.count(), await reader.page.locator('.card--sponsored .mark--sponsored').count());
    assert.ok((await cards.count()) > 0);
  }));

test('a subscriber sees the story and nothing that sells; who has left sees the wall again, in words of their own', () =>
  as({ bypassCSP: true }, async (reader, publisher) => {
    const subscriber = new Subscriber(reader, publisher);
    await reader.read(LOCKED, 'preview', 'subscription-required');
    await subscriber.take('three-months');
    await subscriber.signUp();
    await subscriber.pay(CARDS.worksTwice, LOCKED);
    for (const [slug, reason] of [
      [STORY, 'entitled'],
      [LOCKED, 'entitled'],
      [FREE, 'free'],
    ]) {
      await reader.read(slug, 'full', reason);
      await has(reader, ALL);
      await hasnt(reader, { ...WALL, ...SOLD, notice: '.ludgate-notice' });
    }
    await reader.read(STORY, 'full', 'entitled');
    await has(reader, { ...EVERYWHERE, advertising: SLOTS.advertising, give: '.share__give button' });
    // The intro, a month that was paid and one that wasn't, and the time that it is waited for.
    await publisher.advance('80 days');
    await publisher.advance('13 days');
    await publisher.advance('31 days');
    await reader.read(STORY, 'full', 'payment-grace');
    await has(reader, EVERYWHERE);
    await hasnt(reader, { ...WALL, ...SOLD });
    assert.match(await reader.said('.ludgate-notice'), /^Your last payment didn’t go through\./);
    await has(reader, { 'way to pay': '.ludgate-notice a[href^="/-/"]' });
    await publisher.advance('16 days');
    await reader.read(LOCKED, 'preview', 'subscription-ended');
    await has(reader, { ...ALL, ...WALL, subscribe: SOLD.subscribe });
    assert.match(await reader.said('.ludgate-wall'), /Your subscription has ended/);
    assert.match(await reader.said('.ludgate-wall'), BUNDLE);
  }));

test('a reader whose trial ended sees that it did, what a subscription gives, and a way to all offers', () =>
  onTrial({ bypassCSP: true }, async (reader, publisher) => {
    const subscriber = new Subscriber(reader, publisher);
    await reader.read(LOCKED, 'preview', 'subscription-required');
    await subscriber.take('trial');
    await subscriber.signUp();
    await reader.page.getByLabel('I agree to these terms').check();
    await subscriber.go(reader.page.locator('#checkout button.button').last(), '**/-/order/*');
    await reader.page.getByRole('heading', { name: /^Welcome to/ }).waitFor();
    await reader.read(STORY, 'full', 'entitled');
    await has(reader, EVERYWHERE);
    await hasnt(reader, { ...WALL, ...SOLD, notice: '.ludgate-notice' });
    await publisher.advance('15 days');
    await reader.read(LOCKED, 'preview', 'trial-ended');
    await has(reader, { ...ALL, ...WALL });
    assert.match(await reader.said('.ludgate-wall'), /Your trial has ended/);
    assert.match(await reader.said('.ludgate-wall'), BUNDLE);
  }));

test('a story in another language is counted and ends in that language', () =>
  as({}, async (reader) => {
    for (const [slug, language, notice] of [
      ['choryukei-no-gosa', 'ja', /^今月、無料でお読みいただける記事はあと2本です/],
      ['nachtfaehre', 'de', /^Noch 1 freier Artikel/],
    ]) {
      await reader.read(slug, 'full', 'counted');
      assert.equal(await reader.page.locator('html').getAttribute('lang'), language);
      assert.equal(await reader.page.locator('.ludgate-notice').getAttribute('lang'), language);
      assert.match(await reader.said('.ludgate-notice'), notice);
    }
    await reader.read('zosenjo-no-techo', 'preview', 'subscription-required');
    assert.equal(await reader.page.locator('.ludgate-wall').getAttribute('lang'), 'ja');
    assert.match(await reader.said('.ludgate-wall'), /購読/);
    await reader.read(LOCKED, 'preview', 'subscription-required');
    assert.equal(await reader.page.locator('.ludgate-wall').getAttribute('lang'), 'en');
  }));

test('what there is to subscribe to names what it gives: all stories, the apps for phone and tablet, the printed paper', () =>
  as({}, async (reader) => {
    await reader.open('/-/subscribe');
    const offers = await reader.page.locator('.offer').allInnerTexts();
    const digital = offers.filter((offer) => /Every story, without limit\s+The apps for phone and tablet/.test(offer));
    const printed = digital.filter((offer) => /The printed edition/.test(offer));
    assert.ok(printed.length > 0, offers.join('\n\n'));
    assert.ok(printed.length < digital.length, 'print is a thing of its own');
  }));

for (const [device, viewport] of [
  ['a phone', { width: 390, height: 844 }],
  ['a tablet', { width: 820, height: 1180 }],
]) {
  test(`${device} has all of it, with the furniture in a menu`, () =>
    as({ viewport, hasTouch: true, isMobile: true }, async (reader) => {
      await reader.read(STORY, 'full', 'counted');
      await has(reader, { ...without(EVERYWHERE, 'menu', 'search', 'contact'), ...SLOTS, ...SOLD });
      await has(reader, { search: '.masthead__find a[href="/search"]' });
      await hasnt(reader, IN_THE_MENU);
      await reader.page.locator('.menu summary').tap();
      await has(reader, IN_THE_MENU);
      await reader.page.locator('.menu summary').tap();
      await reader.read(LOCKED, 'preview', 'subscription-required');
      await has(reader, { ...without(ALL, 'menu', 'search', 'contact'), ...WALL });
    }));
}

test('the size of the text is set once for all pages, and stays', () =>
  as({}, async (reader) => {
    const height = () => reader.page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('.story-body')).fontSize));
    await reader.read(STORY, 'full', 'counted');
    const usual = await height();
    await reader.page.getByRole('button', { name: 'Largest text' }).click();
    const largest = await height();
    assert.ok(largest > usual * 1.2, `${usual} → ${largest}`);
    await reader.read(METERED[1], 'full', 'counted');
    assert.equal(await height(), largest);
    assert.equal(await reader.overflow(), 0);
    const pressed = reader.page.locator('.sizes [aria-pressed=true]');
    assert.equal(await pressed.getAttribute('aria-label'), 'Largest text');
    await reader.page.getByRole('button', { name: 'Usual text' }).click();
    assert.equal(await height(), usual);
    assert.deepEqual(await reader.page.evaluate(() => Object.keys(localStorage)), []);
  }));

test('a phone’s own sheet is offered the story by its one address', () =>
  as({}, async (reader) => {
    await reader.page.addInitScript(() => {
      window.shared = [];
      navigator.share = async (what) => void window.shared.push(what);
    });
    await reader.open(`/stories/${STORY}?utm_source=letter`);
    await reader.page.getByRole('button', { name: 'More ways…' }).click();
    const [shared] = await reader.page.evaluate(() => window.shared);
    assert.equal(shared.url, `${reader.base}/stories/${STORY}`);
    assert.match(shared.title, /^City’s tide gauge/);
    assert.match(shared.text, /^A researcher with a level/);
    // The others are plain links to the same.
    for (const host of ['www.facebook.com', 'www.linkedin.com', 'x.com']) {
      const href = await reader.page.locator(`.share a[href^="https://${host}/"]`).getAttribute('href');
      assert.ok(href.includes(encodeURIComponent(`${reader.base}/stories/${STORY}`)), href);
    }
  }));

test('the link of a story can be copied, and what only a script can do isn’t there without one', async () => {
  await as({ permissions: ['clipboard-read', 'clipboard-write'] }, async (reader) => {
    await reader.read(STORY, 'full', 'counted');
    await reader.page.getByRole('button', { name: 'Copy the link' }).click();
    await reader.page.getByText('The link has been copied.').waitFor();
    const copied = await reader.page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, `${reader.base}/stories/${STORY}`);
  });
  await as({ javaScriptEnabled: false }, async (reader) => {
    await reader.read(STORY, 'full', 'counted');
    await has(reader, without(EVERYWHERE, 'print', 'size of the text'));
    await hasnt(reader, { print: '[data-print]', copy: '[data-copy]', share: '[data-share]', size: '.sizes' });
  });
});
