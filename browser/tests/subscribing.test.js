// From the wall to a paid subscription, through its renewals, to its end and back:
// by mouse, on a phone, and with the keys alone.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { finger, keys, mouse } from '../support/hands.js';
import { PHONE } from '../support/reader.js';
import { LOCKED, METERED } from '../support/stories.js';
import { CARDS, Subscriber } from '../support/subscriber.js';
import { afresh } from '../support/suite.js';

const as = afresh();

const [WANTED] = METERED.slice(-1);

/** What a line of the clock's list tells, without when and of whom. */
const kinds = (lines) => lines.filter(Boolean).map((line) => line.split(/\s{2,}/).slice(1, 3).join(' '));

const WAYS = {
  'by mouse': [{}, mouse],
  'on a phone': [PHONE, finger],
  'with the keys alone': [{}, keys],
};

/** Reads what is free, and stands before the wall. */
async function toTheWall(subscriber) {
  const { reader } = subscriber;
  for (const slug of METERED.slice(0, -1)) await reader.read(slug, 'full', 'counted');
  await reader.read(WANTED, 'preview', 'meter-exhausted');
  const wall = await reader.said('.ludgate-wall');
  assert.match(wall, /You have read all 3 of your free stories this month\. 3 months for \$9\.00/);
  assert.match(wall, /Then \$14\.90 a month\. Cancel at any time\. Ends \d+ [A-Z][a-z]+ Subscribe/);
  await subscriber.look('the wall');
}

/** The intro, a month at the full price, and one that isn't paid. */
async function throughItsLife(subscriber) {
  const { reader, publisher } = subscriber;
  // The intro is three months: 89 days at least, and 92 at most.
  assert.deepEqual(kinds(await publisher.advance('80 days')), []);
  await reader.read(WANTED, 'full', 'entitled');
  assert.equal(await reader.count('.ludgate-notice'), 0);

  // The first full price.
  const renewed = ['period_ended', 'order_opened', 'charge_requested'].map((name) => `fact ${name}`);
  const paid = ['asked charge_requested', 'fact paid', 'fact period_started', 'mail paid'];
  assert.deepEqual(kinds(await publisher.advance('13 days')), [...renewed, ...paid]);
  const receipt = await publisher.mail(subscriber.mail, 3);
  assert.match(receipt, /\$14\.90/);
  await reader.read(WANTED, 'full', 'entitled');

  // The second isn't paid: it is open all the same, and says so.
  const events = kinds(await publisher.advance('31 days'));
  const declined = ['asked charge_requested', 'fact charge_declined', 'fact grace_started', 'mail charge_declined'];
  assert.deepEqual(events.slice(0, 7), [...renewed, ...declined]);
  await reader.read(WANTED, 'full', 'payment-grace');
  assert.match(await reader.said('.ludgate-notice'), /^Your last payment didn’t go through\..*you can read on/);
  const account = await reader.page.getByRole('link', { name: 'Check payment details' }).getAttribute('href');
  assert.equal(account, '/-/account');
  await subscriber.hasAll(WANTED);
  await subscriber.look('grace');

  // Nor after a fortnight.
  const last = kinds(await publisher.advance('16 days'));
  assert.deepEqual(last.slice(-3), ['fact order_failed', 'fact ended', 'mail ended']);
}

/** The wall for who has come to the end, and the way back. */
async function wonBack(subscriber) {
  const { reader, page } = subscriber;
  await reader.read(LOCKED, 'preview', 'subscription-ended');
  const wall = await reader.said('.ludgate-wall');
  assert.match(wall, /Your subscription has ended We would be glad to have you back at The Ludgate Review\./);
  assert.match(wall, /2 months for \$12\.00 Then \$14\.90 a month\. Cancel at any time\. Renew your subscription/);
  assert.doesNotMatch(wall, /Sign in/);
  await subscriber.look('the wall of who has left');
  await subscriber.take('welcome-back');
  assert.match(await reader.said('.summary'), /2 months for \$12\.00/);
  assert.equal(await page.getByLabel('Visa 7023').count(), 1, 'the card is still known');
  await subscriber.pay(CARDS.works, LOCKED);
  await reader.read(LOCKED, 'full', 'entitled');
}

for (const [name, [options, hand]] of Object.entries(WAYS)) {
  test(`a reader subscribes ${name}, falls behind, leaves and comes back`, () =>
    as({ ...options, bypassCSP: true }, async (reader, publisher) => {
      const subscriber = new Subscriber(reader, publisher, hand);
      await toTheWall(subscriber);
      await subscriber.take('three-months');
      await subscriber.signUp();
      await subscriber.pay(CARDS.worksTwice, WANTED);
      await throughItsLife(subscriber);
      await wonBack(subscriber);
      await subscriber.searchesTexts(LOCKED);
      const subjects = await publisher.subjects(subscriber.mail);
      const missed = 'Your payment didn’t go through';
      assert.deepEqual(
        subjects.filter((subject) => subject !== missed),
        [
          'Confirm your address',
          'Welcome to The Ludgate Review',
          'Your receipt: $14.90',
          'Your subscription has ended',
          'Welcome to The Ludgate Review',
        ],
      );
      assert.equal(subjects.indexOf(missed), 3);
      assert.equal(subscriber.complaints.join('\n'), '');
    }));
}

test('Enter in a field of the checkout pays, and doesn’t throw away what was typed', () =>
  as({ bypassCSP: true }, async (reader, publisher) => {
    const subscriber = new Subscriber(reader, publisher);
    await reader.read(LOCKED, 'preview', 'subscription-required');
    await subscriber.take('three-months');
    await subscriber.signUp();
    await subscriber.enter(CARDS.works);
    const paid = reader.page.waitForURL('**/-/order/*');
    await Promise.all([paid, reader.page.getByLabel('Security code').press('Enter')]);
    await reader.page.getByRole('heading', { name: /^Welcome to/ }).waitFor();
  }));

test('a card that is refused is said so, and nothing is bought', () =>
  as({ bypassCSP: true }, async (reader, publisher) => {
    const subscriber = new Subscriber(reader, publisher);
    await reader.read(LOCKED, 'preview', 'subscription-required');
    await subscriber.take('three-months');
    await subscriber.signUp();
    await subscriber.enter(CARDS.refused);
    const button = reader.page.getByRole('button', { name: /^Subscribe and pay/ });
    await Promise.all([reader.page.waitForResponse((response) => response.status() === 402), button.click()]);
    assert.match(await reader.said('[role=alert]'), /^The payment didn’t go through:/);
    await subscriber.look('a card that is refused');
    assert.equal(subscriber.complaints.join('\n'), '');
    await reader.read(LOCKED, 'preview', 'subscription-required');
    // Another card does.
    await subscriber.take('three-months');
    await subscriber.pay(CARDS.works, LOCKED);
  }));

test('one story is bought alone, and opens no other', () =>
  as({ bypassCSP: true }, async (reader, publisher) => {
    const subscriber = new Subscriber(reader, publisher);
    const { page } = reader;
    await reader.read(LOCKED, 'preview', 'subscription-required');
    await subscriber.go(page.getByRole('link', { name: 'See all offers' }), '**/-/subscribe');
    await subscriber.look('all offers');
    await subscriber.go(page.getByRole('link', { name: /This story, \$2\.00$/ }), '**/-/subscribe/story?*');
    await subscriber.look('the checkout of a story');
    await subscriber.signUp();
    await subscriber.pay(CARDS.works, LOCKED);
    await reader.read('high-water-record', 'preview', 'subscription-required');
    assert.deepEqual(kinds(await publisher.advance('1 year')), []);
    await reader.read(LOCKED, 'full', 'entitled');
    assert.equal(subscriber.complaints.join('\n'), '');
  }));
