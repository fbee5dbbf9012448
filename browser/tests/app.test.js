// The publication as an app: installed, with stories that are kept on the device for as
// long as the server says, and no longer.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signedUp } from '../support/app.js';
import { violations } from '../support/axe.js';
import { network } from '../support/network.js';
import { PHONE } from '../support/reader.js';
import { LOCKED, METERED, SPONSORED, passages } from '../support/stories.js';
import { CARDS, Subscriber } from '../support/subscriber.js';
import { afresh } from '../support/suite.js';

const as = afresh();
const [WANTED] = METERED.slice(-1);
const LIST = '/-/app';
/** A story in which something was wrong. */
const CORRECTED = 'coldhythe-ferry-order';

/** A reader with a phone whose network can be lost. */
const onTheWay = (visit) => async () => {
  const net = await network();
  try {
    await as({ ...PHONE, bypassCSP: true, proxy: net.proxy }, (reader, publisher) => visit({ reader, page: reader.page, net, publisher }));
  } finally {
    await net.close();
  }
};

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
  await savesOne(reader, LOCKED);
}

async function savesOne(reader, slug) {
  await reader.open(`/stories/${slug}`);
  await reader.page.getByRole('button', { name: 'Save', exact: true }).click();
  await reader.page.getByText('Saved, and kept on this device.').waitFor();
}

/** Reads a copy from the list. */
async function readsCopy(page, slug) {
  await page.locator(`[data-story="${slug}"]`).getByRole('button', { name: 'Read the copy' }).click();
  await page.getByRole('button', { name: 'Close the story' }).waitFor();
  return plain(await page.locator('.copy').innerText());
}

/** What of a locked story's text the page shows. */
async function shown(page, slug) {
  const text = plain(await page.locator('main').innerText());
  return passages(slug).locked.filter((passage) => text.includes(passage)).length;
}

/** Has a network again, of which the page that is shown without one loads anew. */
const backOnline = (page, net) => {
  net.find();
  const loaded = page.waitForEvent('load');
  return Promise.all([loaded, page.evaluate(() => void dispatchEvent(new Event('online')))]);
};

/** How large icons are, which are pictures. */
const drawn = (page, icons) =>
  page.evaluate(
    (places) =>
      Promise.all(
        places.map(async (place) => {
          const picture = await createImageBitmap(await (await fetch(place)).blob());
          return `${picture.width}x${picture.height}`;
        }),
      ),
    icons.map(({ src }) => src),
  );

/** What the browser keeps of this site: databases, and addresses that the worker has answers to. */
const keeps = (page) =>
  page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return {
      databases: (await indexedDB.databases()).map(({ name }) => name),
      answers: requests.flat().map(({ url }) => new URL(url).pathname),
    };
  });

/** All the text of the copies, as the browser's database has it. */
const copies = async (page) => plain(await page.evaluate(async () => JSON.stringify(await globalThis.ludgateKept.all())));

/** Waits until no copy is there any more. */
const waitForNone = (page) =>
  page.evaluate(async () => {
    while ((await globalThis.ludgateKept.all()).length) await new Promise((resolve) => setTimeout(resolve, 20));
  });

/** Opens a story where there is no network. */
async function opensOffline({ page, base }, slug) {
  await page.goto(`${base}/stories/${slug}`);
  await page.getByRole('heading', { name: 'You are offline' }).waitFor();
}

/** The same where there is a copy, or what is left of one. */
async function readsOffline(reader, slug) {
  await opensOffline(reader, slug);
  await reader.page.getByRole('button', { name: 'Close the story' }).waitFor();
}

/** Chromium says of whatever it asked for without a network that it couldn't be loaded: not a fault of ours. */
const NO_NETWORK = /ERR_(PROXY_CONNECTION_FAILED|EMPTY_RESPONSE|CONNECTION_(CLOSED|RESET|REFUSED)|NETWORK_CHANGED|SOCKET_NOT_CONNECTED)/;
const withoutNetwork = ({ complaints }) => {
  complaints.splice(0, complaints.length, ...complaints.filter((line) => !NO_NETWORK.test(line)));
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
    assert.deepEqual(await drawn(reader.page, manifest.icons), manifest.icons.map(({ sizes }) => sizes));
    assert.deepEqual(
      manifest.icons.map(({ purpose }) => purpose),
      ['any', 'any', 'maskable', 'monochrome'],
    );
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
    // Windows of tests are private ones, in which nothing is installed.
    const wrong = installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito');
    assert.deepEqual(wrong, []);
  }));

test('a device that has no more room says so, and the story is on the list all the same', () =>
  as({ bypassCSP: true }, async (reader, publisher) => {
    const { page } = reader;
    await saves(new Subscriber(reader, publisher));
    await page.evaluate(async () => {
      const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
      const opened = await done(indexedDB.open('ludgate-app'));
      const stories = opened.transaction('stories', 'readwrite').objectStore('stories');
      await Promise.all(Array.from({ length: 50 }, (_, number) => done(stories.put({ id: `another-${number}` }))));
    });
    await reader.open(`/stories/${WANTED}`);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved. There is no room for more stories. Delete some copies first.').waitFor();
    await reader.open(LIST);
    assert.equal(await page.locator(`a[href="/stories/${WANTED}"]`).count(), 1);
  }));

test('a subscriber keeps a story and reads it without a network, until the entitlement is gone',
  onTheWay(async ({ reader, page, net, publisher }) => {
    const subscriber = new Subscriber(reader, publisher);
    await saves(subscriber);
    await reader.open(LIST);
    await page.getByText(/Kept on this device until/).waitFor();
    assert.deepEqual(await violations(page), []);
    assert.equal(await reader.overflow(), 0);

    net.lose();
    await readsOffline(reader, LOCKED);
    assert.equal(await shown(page, LOCKED), passages(LOCKED).locked.length);
    assert.equal(await reader.overflow(), 0);
    assert.deepEqual(await violations(page), []);

    // The pages that were opened on the way weren't kept.
    const { answers } = await keeps(page);
    const known = /^\/-\/(assets\/(account|app|looks|site)\.|app\/(offline$|icon-))|^\/-\/assets\/looks/;
    assert.deepEqual(answers.filter((path) => !known.test(path)), []);

    await backOnline(page, net);
    await publisher.advance('200 days');
    await reader.open(LIST);
    await page.getByText('comes with a subscription that includes the apps').waitFor();
    await waitForNone(page);
    net.lose();
    await opensOffline(reader, LOCKED);
    await page.getByText('No stories are kept on this device.').waitFor();
    assert.equal(await shown(page, LOCKED), 0);
    await backOnline(page, net);
    withoutNetwork(reader);
  }));

test('a copy of a sponsored story says so, and who paid for it, on the lists too',
  onTheWay(async ({ reader, page, net, publisher }) => {
    await saves(new Subscriber(reader, publisher));
    await savesOne(reader, SPONSORED.slug);
    const disclosed = ['Sponsored', `Commissioned and paid for by ${SPONSORED.sponsor}`];
    const row = (slug) => page.locator(`[data-story="${slug}"]`);
    const says = async (what) => plain(await what.innerText());
    const insist = async () => {
      for (const words of disclosed) {
        assert.ok((await says(row(SPONSORED.slug))).includes(words), words);
        assert.ok(!(await says(row(LOCKED))).includes(words), words);
      }
      const copy = await readsCopy(page, SPONSORED.slug);
      for (const words of [...disclosed, 'the newsroom had no part in it']) assert.ok(copy.includes(words), `${words}: ${copy}`);
      assert.deepEqual(await violations(page), []);
      assert.equal(await reader.overflow(), 0);
      await page.getByRole('button', { name: 'Close the story' }).click();
    };
    await reader.open(LIST);
    await insist();
    net.lose();
    await opensOffline(reader, LOCKED);
    await page.getByRole('button', { name: 'Close the story' }).click();
    await insist();
    await backOnline(page, net);
    withoutNetwork(reader);
  }));

test('a copy has its byline, its days and what was put right; an older one opens without, and is fetched anew',
  onTheWay(async ({ reader, page, net, publisher }) => {
    await saves(new Subscriber(reader, publisher));
    await savesOne(reader, CORRECTED);
    const told = [/^By Callum Vesey$/m, /^Published \d+ \w+ \d{4}$/m, /^Updated \d+ \w+ \d{4}$/m, /^Correction$/m];
    const lines = async () => page.locator('.copy').innerText();
    await reader.open(LIST);
    await readsCopy(page, CORRECTED);
    for (const words of told) assert.match(await lines(), words);
    // Nothing is sold to who has a copy, and what is advertised says so.
    assert.doesNotMatch(await lines(), /See the subscriptions/);
    assert.match(await lines(), /^Advertisement$/m);
    // As copies were kept before they had these.
    const aged = () =>
      page.evaluate(async (id) => {
        const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
        const opened = await done(indexedDB.open('ludgate-app'));
        const stories = opened.transaction('stories', 'readwrite').objectStore('stories');
        const { sponsor, commission, published, updated, corrections, version, ...old } = await done(stories.get(id));
        await done(stories.put(old));
        return corrections.length;
      }, CORRECTED);
    assert.equal(await aged(), 1);
    net.lose();
    await readsOffline(reader, CORRECTED);
    assert.equal(await shown(page, CORRECTED), passages(CORRECTED).locked.length);
    assert.doesNotMatch(await lines(), /Correction|Published|undefined/);
    await backOnline(page, net);
    await reader.open(LIST);
    await page.waitForFunction(
      async (id) => (await globalThis.ludgateKept.all()).find((story) => story.id === id)?.corrections?.length === 1,
      CORRECTED,
    );
    withoutNetwork(reader);
  }));

test('an entitlement that ends where there is no network is noticed by the end of the lease',
  onTheWay(async ({ reader, page, net, publisher }) => {
    const subscriber = new Subscriber(reader, publisher);
    await saves(subscriber);
    net.lose();
    await publisher.advance('200 days');
    // Nobody can tell the device so before it asks: that is what a lease is.
    await readsOffline(reader, LOCKED);
    assert.equal(await shown(page, LOCKED), passages(LOCKED).locked.length);
    await page.clock.setFixedTime(Date.now() + 8 * 24 * 3600 * 1000);
    await opensOffline(reader, LOCKED);
    await page.locator('[data-ended="over"]').waitFor();
    assert.equal(await shown(page, LOCKED), 0);
    // What is left stays open when its reader comes back to it.
    await page.evaluate(async () => {
      dispatchEvent(new Event('focus'));
      for (let twice = 0; twice < 2; twice += 1) await globalThis.ludgateKept.settle();
    });
    assert.equal(await page.locator('[data-ended="over"]').count(), 1);
    // Nor is it in the browser's database any more, whatever the clock says then.
    const text = await copies(page);
    for (const passage of passages(LOCKED).locked) assert.ok(!text.includes(passage), passage);
    const left = plain(await page.locator('main').innerText());
    assert.ok(passages(LOCKED).open.some((passage) => left.includes(passage)), left);
    // A clock that is put right, or back, doesn't bring it back.
    await page.clock.setFixedTime(Date.now());
    await readsOffline(reader, LOCKED);
    assert.equal(await shown(page, LOCKED), 0);
    await backOnline(page, net);
    withoutNetwork(reader);
  }));

test('a clock that is set back ends the lease',
  onTheWay(async ({ reader, page, net, publisher }) => {
    const subscriber = new Subscriber(reader, publisher);
    await saves(subscriber);
    net.lose();
    await page.clock.setFixedTime(Date.now() - 3600 * 1000);
    await opensOffline(reader, LOCKED);
    await page.locator('[data-ended="clock"]').waitFor();
    assert.equal(await shown(page, LOCKED), 0);
    await backOnline(page, net);
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
    const { databases, answers } = await keeps(page);
    assert.deepEqual(databases, []);
    assert.deepEqual(answers.filter((path) => path.includes('/stories/')), []);
  }));

/** Has the session end without the browser's knowing: what says whose copies it has stays. */
async function signedOutElsewhere({ context }) {
  await context.clearCookies({ name: /session/ });
}

test('a device that was signed out elsewhere forgets its copies once it asks', () =>
  as({ bypassCSP: true }, async (reader, publisher) => {
    const subscriber = new Subscriber(reader, publisher);
    await saves(subscriber);
    const { page, context } = reader;
    // The session's cookie is worth nothing any more; the copies are still there.
    await context.clearCookies();
    assert.notEqual(await copies(page), '[]');
    await reader.open(LIST);
    await page.getByText('Please sign in').first().waitFor();
    await waitForNone(page);
  }));

test('copies that are older than what says whose they are stay with who is signed in, and with nobody else', () =>
  as({ bypassCSP: true }, async (reader, publisher) => {
    await saves(new Subscriber(reader, publisher));
    const { page, context, base } = reader;
    await context.clearCookies({ name: /ludgate-app$/ });
    await reader.open(`/stories/${LOCKED}`);
    await page.getByText('Saved, and kept on this device.').waitFor();
    const names = (await context.cookies()).map(({ name }) => name);
    assert.ok(names.some((name) => name.endsWith('ludgate-app')), names.join());
    // Signed out meanwhile.
    await context.clearCookies();
    const asked = page.waitForResponse(/\/lease/);
    await page.goto(`${base}/stories/${METERED[0]}`);
    assert.equal((await asked).status(), 401);
    await waitForNone(page);
    reader.complaints.splice(0);
  }));

test('a page whose copies are taken away in another window goes on', () =>
  as({ bypassCSP: true }, async (reader, publisher) => {
    await saves(new Subscriber(reader, publisher));
    const { page, context, base } = reader;
    assert.notEqual(await copies(page), '[]');
    const other = await context.newPage();
    await other.goto(`${base}/-/account`);
    await other.evaluate(
      () => new Promise((resolve) => (indexedDB.deleteDatabase('ludgate-app').onsuccess = resolve)),
    );
    assert.equal(await copies(page), '[]');
  }));

test('a device that was signed out elsewhere forgets its copies when its reader presses Save', () =>
  as({ bypassCSP: true }, async (reader, publisher) => {
    await saves(new Subscriber(reader, publisher));
    const { page } = reader;
    await signedOutElsewhere(reader);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Please sign in to see and save your stories.').waitFor();
    assert.equal(await copies(page), '[]');
  }));

test('a copy that may not be kept any more goes when another story is saved', () =>
  as({ bypassCSP: true }, async (reader, publisher) => {
    await saves(new Subscriber(reader, publisher));
    const { page } = reader;
    await page.evaluate(async () => {
      const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
      const opened = await done(indexedDB.open('ludgate-app'));
      await done(opened.transaction('stories', 'readwrite').objectStore('stories').put({ id: 'withdrawn', body: 'Its text' }));
    });
    await reader.open(`/stories/${WANTED}`);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved, and kept on this device.').waitFor();
    const kept = await page.evaluate(async () => (await globalThis.ludgateKept.all()).map(({ id }) => id));
    assert.deepEqual(kept.sort(), [LOCKED, WANTED].sort());
  }));

/** Has the first copy say something else, behind the app's back. */
const rewrites = (page, change) =>
  page.evaluate(async (change) => {
    const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const opened = await done(indexedDB.open('ludgate-app'));
    const stories = opened.transaction('stories', 'readwrite').objectStore('stories');
    const [story] = await done(stories.getAll());
    await done(stories.put({ ...story, ...change }));
  }, change);

test('a copy of a story that was changed since is fetched anew', () =>
  as({ bypassCSP: true }, async (reader, publisher) => {
    await saves(new Subscriber(reader, publisher));
    const { page } = reader;
    const fresh = await copies(page);
    await rewrites(page, { title: 'As it was', body: '<p>Its old wording.</p>', version: 'an older one' });
    assert.match(await copies(page), /old wording/);
    const asked = page.waitForRequest(/\/api\/v1\/stories\//);
    await reader.open(LIST);
    await page.getByText(/Kept on this device until/).waitFor();
    assert.equal(await copies(page), fresh);
    // Which nobody has read by that.
    assert.equal(new URL((await asked).url()).search, '?purpose=refresh');
  }));

test('a changed story that can’t be had whole any more isn’t kept', () =>
  as({ bypassCSP: true }, async (reader, publisher) => {
    await saves(new Subscriber(reader, publisher));
    const { page } = reader;
    await rewrites(page, { version: 'an older one' });
    await page.route('**/api/v1/stories/*', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), whole: false } });
    });
    await reader.open(LIST);
    await waitForNone(page);
  }));

test('a copy that is being read is closed when its reader signs out in another window', () =>
  as({ bypassCSP: true }, async (reader, publisher) => {
    await saves(new Subscriber(reader, publisher));
    const { page, context, base } = reader;
    await reader.open(LIST);
    await readsCopy(page, LOCKED);
    assert.equal(await shown(page, LOCKED), passages(LOCKED).locked.length);
    const other = await context.newPage();
    await other.goto(`${base}/-/account`);
    await other.getByRole('button', { name: 'Sign out', exact: true }).first().click();
    await other.waitForURL('**/-/logout');
    await page.evaluate(() => void dispatchEvent(new Event('focus')));
    await page.locator('[data-reader]').waitFor({ state: 'hidden' });
    assert.equal(await shown(page, LOCKED), 0);
  }));

test('the page for no network shows no copy to whom the server doesn’t know, where there is one', () =>
  as({ bypassCSP: true }, async (reader, publisher) => {
    await saves(new Subscriber(reader, publisher));
    const { page } = reader;
    await signedOutElsewhere(reader);
    const asked = page.waitForResponse(/\/lease/);
    await page.goto(`${reader.base}/-/app/offline`);
    assert.equal((await asked).status(), 401);
    await page.getByText('No stories are kept on this device.').waitFor();
    assert.equal(await copies(page), '[]');
    reader.complaints.splice(0);
  }));

/** Signs Eve up, lets a subscriber keep a story, and comes back with Eve's cookies. */
async function followedByEve(reader, publisher) {
  const { context } = reader;
  await signedUp(reader, reader.base, publisher, 'eve@example.com');
  const cookies = await context.cookies();
  await context.clearCookies();
  await saves(new Subscriber(reader, publisher));
  await context.clearCookies();
  return cookies;
}

test('who signs in where somebody else’s copies are has none of them', () =>
  as({ bypassCSP: true }, async (reader, publisher) => {
    await saves(new Subscriber(reader, publisher));
    await reader.context.clearCookies();
    await signedUp(reader, reader.base, publisher, 'eve@example.com');
    // Before any script of the app's has looked.
    assert.deepEqual((await keeps(reader.page)).databases, []);
  }));

test('copies of somebody else’s go where the browser clears nothing, with a network', () =>
  as({ bypassCSP: true }, async (reader, publisher) => {
    const { page, context } = reader;
    await context.addCookies(await followedByEve(reader, publisher));
    const asked = page.waitForResponse(/\/lease/);
    await page.goto(`${reader.base}/stories/${METERED[0]}`);
    // Eve may keep nothing, and the browser complains of being told so.
    assert.equal((await asked).status(), 403);
    await waitForNone(page);
    reader.complaints.splice(0);
    await reader.open(LIST);
    await page.getByText('You haven’t saved a story yet.').waitFor();
  }));

test('copies of somebody else’s go where the browser clears nothing, without a network',
  onTheWay(async ({ reader, page, net, publisher }) => {
    await reader.context.addCookies(await followedByEve(reader, publisher));
    net.lose();
    await opensOffline(reader, LOCKED);
    await page.getByText('No stories are kept on this device.').waitFor();
    assert.equal(await shown(page, LOCKED), 0);
    assert.equal(await copies(page), '[]');
    await backOnline(page, net);
    withoutNetwork(reader);
  }));

test('a reader whose account doesn’t include the apps is told so, with the way to the offers, and reads on', () =>
  as({ ...PHONE, bypassCSP: true }, async (reader, publisher) => {
    const { page } = reader;
    await signedUp(reader, reader.base, publisher, 'eve@example.com');
    await reader.open(`/stories/${METERED[0]}`);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const said = page.locator('[data-said]');
    await said.getByText('comes with a subscription that includes the apps').waitFor();
    assert.deepEqual(await violations(page), []);
    assert.equal(await reader.overflow(), 0);
    assert.deepEqual((await keeps(page)).databases, []);
    await Promise.all([page.waitForURL('**/-/subscribe*'), said.getByRole('link').click()]);

    await reader.open(LIST);
    await page.getByText('You can read on here as before.').waitFor();
    await page.getByRole('link', { name: 'See our offers' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Keep all for offline' }).count(), 0);
    assert.deepEqual(await violations(page), []);
    assert.equal(await reader.overflow(), 0);
    const { status } = await reader.open(`/stories/${METERED[0]}`);
    assert.equal(status, 200);
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
