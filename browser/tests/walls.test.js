// What each reader is told where a story ends for them, or is open all the same.
// The walls of who has left, and the notice of grace, are in subscribing.test.js.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FREE, LOCKED, METERED } from '../support/stories.js';
import { CARDS, Subscriber } from '../support/subscriber.js';
import { afresh } from '../support/suite.js';

const as = afresh();

/** With a trial that asks for no card, first of all offers. */
const onTrial = afresh([
  [
    '[[offers]]',
    '[[offers]]\nid = "trial"\nplan = "digital-monthly"\nphases = [{ trial = "14 days" }]\n' +
      'for = "new readers"\n\n[[offers]]',
  ],
]);

const [FOURTH] = METERED.slice(-1);
const MORE = ['last-night-tenter-hall', 'saltpan-tide-table', 'fish-auction-clock'];

async function wall(subscriber, slug, reason, words) {
  await subscriber.reader.read(slug, 'preview', reason);
  const said = await subscriber.reader.said('.ludgate-wall');
  for (const word of words) assert.match(said, word);
  await subscriber.look(reason);
  return said;
}

const clean = (subscriber) => assert.equal(subscriber.complaints.join('\n'), '');

test('a locked story says whom it is for, and what a subscription gives', () =>
  as({ bypassCSP: true }, async (reader, publisher) => {
    const subscriber = new Subscriber(reader, publisher);
    const said = await wall(subscriber, LOCKED, 'subscription-required', [
      /This story is for subscribers to The Ludgate Review\./,
      /3 months for \$9\.00/,
      /With a subscription Every story, without limit The apps for phone and tablet/,
      /Already a subscriber\? Sign in/,
    ]);
    // What the offer's product grants, and nothing else.
    assert.doesNotMatch(said, /printed edition/);
    assert.doesNotMatch(said, /free stories/);
    clean(subscriber);
  }));

test('in an offer’s last two days the hours are counted, and one that ended while it was read is said so', () =>
  as({ bypassCSP: true }, async (reader, publisher) => {
    const subscriber = new Subscriber(reader, publisher);
    await publisher.advance('34 days');
    await wall(subscriber, LOCKED, 'subscription-required', [
      /3 months for \$9\.00 .* Ends \d+ [A-Z][a-z]+: ([1-9]|[1-4]\d) hours left Subscribe/,
    ]);
    // The wall stays open while the clock goes on.
    await publisher.advance('2 days');
    await subscriber.go(reader.page.locator('.ludgate-wall .ludgate-button'), '**/-/subscribe/three-months*');
    assert.match(await reader.said('.gone'), /^That offer ended on \d+ [A-Z][a-z]+ \d{4}\. Nothing has been charged\.$/);
    assert.equal(await reader.said('.offer--out .price__is'), '$14.90 a month', 'the nearest is held out');
    await subscriber.look('an offer that is over');
    // And the next wall knows.
    const said = await wall(subscriber, LOCKED, 'subscription-required', [/\$14\.90 a month/]);
    assert.doesNotMatch(said, /\$9\.00|Ends/);
    clean(subscriber);
  }));

test('who has an account is told of the larger allowance, and isn’t asked to sign in', () =>
  as({ bypassCSP: true }, async (reader, publisher) => {
    const subscriber = new Subscriber(reader, publisher);
    for (const slug of METERED.slice(0, -1)) await reader.read(slug, 'full', 'counted');
    await wall(subscriber, FOURTH, 'meter-exhausted', [/You have read all 3 of your free stories this month/]);
    await subscriber.take('three-months');
    await subscriber.signUp();
    // What the browser had counted came along.
    await reader.read(METERED[0], 'full', 'already-counted');
    for (const slug of [FOURTH, MORE[0]]) await reader.read(slug, 'full', 'counted');
    const said = await wall(subscriber, MORE[1], 'meter-exhausted', [
      /Subscribe to keep reading You have read all 5 of your free stories this month\./,
      /3 months for \$9\.00/,
      /Your free stories renew on 1 [A-Z][a-z]+\./,
    ]);
    assert.doesNotMatch(said, /Sign in/);
    await reader.read(FREE, 'full', 'free');
    clean(subscriber);
  }));

test('a trial opens all, and its end is told with what a subscription costs', () =>
  onTrial({ bypassCSP: true }, async (reader, publisher) => {
    const subscriber = new Subscriber(reader, publisher);
    await wall(subscriber, LOCKED, 'subscription-required', [/14 days|2 weeks/]);
    await subscriber.take('trial');
    await subscriber.signUp();
    await reader.page.getByLabel('I agree to these terms').check();
    await subscriber.look('the checkout of a trial');
    await subscriber.go(reader.page.locator('#checkout button.button').last(), '**/-/order/*');
    await reader.page.getByRole('heading', { name: /^Welcome to/ }).waitFor();
    await reader.read(LOCKED, 'full', 'entitled');
    await publisher.advance('13 days');
    await reader.read(LOCKED, 'full', 'entitled');
    await publisher.advance('2 days');
    const said = await wall(subscriber, LOCKED, 'trial-ended', [
      /Your trial has ended We hope you enjoyed it\. Subscribe to go on reading The Ludgate Review\./,
      /2 months for \$12\.00/,
      /See all offers/,
      /With a subscription Every story, without limit The apps for phone and tablet/,
    ]);
    assert.doesNotMatch(said, /2 weeks free|14 days free|Sign in/);
    await subscriber.take('welcome-back');
    await subscriber.pay(CARDS.works, LOCKED);
    clean(subscriber);
  }));
