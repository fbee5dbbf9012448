// The publication as an app: installed, with stories that are kept on the device for as
// long as the server says, and no longer.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violations } from '../support/axe.js';
import { PHONE } from '../support/reader.js';
import { LOCKED, METERED, passages } from '../support/stories.js';
import { CARDS, Subscriber } from '../support/subscriber.js';
import { afresh } from '../support/suite.js';

const as = afresh();
const [WANTED] = METERED.slice(-1);
const LIST = '/-/app';

const plain = (text) => text.replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ');

/** Waits until the script that answers without a network is at work. */
const worker = (page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
      await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
    }
  });

/** Subscribes, and saves a story from its page. */
async function saves(subscriber) {
  const { reader, page } = subscriber;
  for (const slug of METERED) await reader.open(`/stories/${slug}`);
  await subscriber.take('three-months');
  await subscriber.signUp();
  await subscriber.pay(CARDS.worksTwice, WANTED);
  await worker(page);
  await reader.open(`/stories/${LOCKED}`);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved, and kept on this device.').waitFor();
}

/** What of a locked story's text the page shows. */
async function shown(page, slug) {
  const text = plain(await page.locator('main').innerText());
  return passages(slug).locked.filter((passage) => text.includes(passage)).length;
}

/** Has a network again, of which the page that is shown without one loads anew. */
const backOnline = ({ page, context }) => Promise.all([page.waitForEvent('load'), context.setOffline(false)]);

/** Opens a story where there is no network. */
async function opensOffline({ page, base }, slug) {
  await page.goto(`${base}/stories/${slug}`);
  await page.getByRole('heading', { name: 'You are offline' }).waitFor();
}

/** Chromium says of every page without a network that it couldn't be loaded: not a fault of ours. */
const withoutNetwork = (reader) => {
  reader.complaints.splice(
    0,
    reader.complaints.length,
    ...reader.complaints.filter((line) => !line.includes('ERR_INTERNET_DISCONNECTED')),
  );
};

test('the publication can be installed, and its worker is at work', () =>
  as({}, async (reader) => {
    await reader.open('/');
    await worker(reader.page);
    const devtools = await reader.context.newCDPSession(reader.page);
    const { errors, data } = await devtools.send('Page.getAppManifest');
    assert.deepEqual(errors, []);
    const manifest = JSON.parse(data);
    assert.equal(manifest.display, 'standalone');
    assert.equal(manifest.start_url, LIST);
    assert.deepEqual([manifest.lang, manifest.dir], ['en', 'ltr']);
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
    // Windows of tests are private ones, in which nothing is installed.
    const wrong = installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito');
    assert.deepEqual(wrong, []);
  }));

test('a subscriber keeps a story and reads it without a network, until the entitlement is gone', () =>
  as({ ...PHONE, bypassCSP: true }, async (reader, publisher) => {
    const subscriber = new Subscriber(reader, publisher);
    await saves(subscriber);
    const { page, context } = reader;
    await reader.open(LIST);
    await page.getByText(/Kept on this device until/).waitFor();
    assert.deepEqual(await violations(page), []);
    assert.equal(await reader.overflow(), 0);

    await context.setOffline(true);
    await opensOffline(reader, LOCKED);
    await page.getByRole('button', { name: 'Close the story' }).waitFor();
    assert.equal(await shown(page, LOCKED), passages(LOCKED).locked.length);
    assert.equal(await reader.overflow(), 0);
    assert.deepEqual(await violations(page), []);

    // The pages that were opened on the way weren't kept.
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return requests.flat().map(({ url }) => new URL(url).pathname);
    });
    const known = /^\/-\/(assets\/(account|app|looks|site)\.|app\/(offline$|icon-))|^\/-\/assets\/looks/;
    assert.deepEqual(kept.filter((path) => !known.test(path)), []);

    await backOnline(reader);
    await publisher.advance('200 days');
    await reader.open(LIST);
    await page.getByText('comes with a subscription that includes the apps').waitFor();
    await page.evaluate(async () => {
      while ((await globalThis.ludgateKept.all()).length) await new Promise((resolve) => setTimeout(resolve, 20));
    });
    await context.setOffline(true);
    await opensOffline(reader, LOCKED);
    await page.getByText('No stories are kept on this device.').waitFor();
    assert.equal(await shown(page, LOCKED), 0);
    await backOnline(reader);
    withoutNetwork(reader);
  }));

test('a lease that ends without a network leaves the beginning, and words why', () =>
  as({ ...PHONE, bypassCSP: true }, async (reader, publisher) => {
    const subscriber = new Subscriber(reader, publisher);
    await saves(subscriber);
    const { page, context } = reader;
    await context.setOffline(true);
    await page.clock.setFixedTime(Date.now() + 8 * 24 * 3600 * 1000);
    await opensOffline(reader, LOCKED);
    await page.locator('[data-ended="over"]').waitFor();
    assert.equal(await shown(page, LOCKED), 0);
    // Nor is it in the browser's database any more, whatever the clock says then.
    const text = await page.evaluate(async () => JSON.stringify(await globalThis.ludgateKept.all()));
    for (const passage of passages(LOCKED).locked) assert.ok(!plain(text).includes(passage), passage);
    await backOnline(reader);
    withoutNetwork(reader);
  }));

test('a clock that is set back ends the lease', () =>
  as({ ...PHONE, bypassCSP: true }, async (reader, publisher) => {
    const subscriber = new Subscriber(reader, publisher);
    await saves(subscriber);
    const { page, context } = reader;
    await context.setOffline(true);
    await page.clock.setFixedTime(Date.now() - 3600 * 1000);
    await opensOffline(reader, LOCKED);
    await page.locator('[data-ended="clock"]').waitFor();
    assert.equal(await shown(page, LOCKED), 0);
    await backOnline(reader);
    withoutNetwork(reader);
  }));

test('signing out deletes what was kept', () =>
  as({ bypassCSP: true }, async (reader, publisher) => {
    const subscriber = new Subscriber(reader, publisher);
    await saves(subscriber);
    const { page } = reader;
    await reader.open('/-/account');
    await page.getByRole('button', { name: 'Sign out', exact: true }).first().click();
    await page.waitForURL('**/-/logout');
    const names = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
    assert.deepEqual(names, []);
  }));

test('who isn’t signed in is asked to, and nothing is kept', () =>
  as({}, async (reader) => {
    const { page } = reader;
    await reader.open(`/stories/${METERED[0]}`);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Please sign in to see and save your stories.').waitFor();
    const way = await page.locator('[data-said] a').getAttribute('href');
    assert.equal(way, `/-/login?to=${encodeURIComponent(`/stories/${METERED[0]}`)}`);
    await reader.open(LIST);
    assert.match(await reader.said('main'), /Please sign in/);
  }));
