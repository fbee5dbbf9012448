// The same purchase paid by Stripe, which localstripe plays: its script in the
// page takes the card, the program asks it for the money, its webhooks come back.
//
// What localstripe lacks is made here or left to fixtures of the wire
// (crates/providers/tests/wire): a card that is declined only later, lists by
// customer, idempotency keys, disputes, and webhooks that are sent again.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, reader } from '../support/reader.js';
import { LOCKED, METERED } from '../support/stories.js';
import { paidByStripe, signature } from '../support/stripe.js';
import { Subscriber } from '../support/subscriber.js';

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const [WANTED] = METERED.slice(-1);

/** Runs `visit` with a reader of a paper that is paid by Stripe. */
async function as(visit) {
  const server = await paidByStripe();
  try {
    const options = { bypassCSP: false, others: [server.origin] };
    await reader(browser, server.base, options, (someone) => visit(someone, server));
  } finally {
    await server.stop();
  }
}

/** Enters cards by the elements that Stripe's script puts into the page. */
class Payer extends Subscriber {
  // Pages are looked at in the tests with the sandbox; here their policy holds.
  async look() {}

  async enter(card) {
    const another = this.page.getByLabel('Another card');
    if (await another.count()) await this.hand.tick(another);
    const field = (name) => this.page.locator('#stripe-card').getByPlaceholder(name, { exact: true });
    for (const [name, text] of [
      ['number', card],
      ['exp_month', '12'],
      ['exp_year', '40'],
      ['cvc', '123'],
    ]) {
      await field(name).fill(text);
    }
    await this.hand.tick(this.page.getByLabel('I agree to these terms'));
  }
}

const CARD = '4242424242424242';

async function subscribe(payer, card = CARD) {
  await payer.reader.read(LOCKED, 'preview', 'subscription-required');
  await payer.take('three-months');
  await payer.signUp();
  await payer.pay(card, LOCKED);
}

const kinds = (lines) => lines.filter(Boolean).map((line) => line.split(/\s{2,}/).slice(1, 3).join(' '));

test('a reader pays by Stripe, renews, falls behind, leaves and comes back', () =>
  as(async (someone, { stripe, publisher }) => {
    const payer = new Payer(someone, publisher);
    for (const slug of METERED.slice(0, -1)) await someone.read(slug, 'full', 'counted');
    await someone.read(WANTED, 'preview', 'meter-exhausted');
    await payer.take('three-months');
    await payer.signUp();
    await payer.pay(CARD, WANTED);
    assert.deepEqual((await stripe.event('payment_intent.succeeded')).answer, { status: 200, text: 'taken' });

    const renewed = kinds(await publisher.advance('93 days'));
    assert.equal(renewed.filter((kind) => kind === 'fact paid').length, 1, renewed.join('\n'));
    await someone.read(WANTED, 'full', 'entitled');
    assert.equal((await stripe.event('payment_intent.succeeded', 2)).answer.status, 200);

    stripe.declines = true;
    const missed = kinds(await publisher.advance('31 days'));
    assert.ok(missed.includes('fact grace_started'), missed.join('\n'));
    await someone.read(WANTED, 'full', 'payment-grace');
    assert.equal((await stripe.event('payment_intent.payment_failed')).answer.status, 200);
    const last = kinds(await publisher.advance('16 days'));
    assert.ok(last.includes('fact ended'), last.join('\n'));

    stripe.declines = false;
    await someone.read(LOCKED, 'preview', 'subscription-ended');
    await payer.take('welcome-back');
    await payer.pay(CARD, LOCKED);
    await someone.read(LOCKED, 'full', 'entitled');
    const subjects = await publisher.subjects(payer.mail);
    const told = subjects.filter((subject) => subject !== 'Your payment didn’t go through');
    assert.deepEqual(told, [
      'Confirm your address',
      'Welcome to The Ludgate Review',
      'Your receipt: $14.90',
      'Your subscription has ended',
      'Welcome to The Ludgate Review',
    ]);
  }));

test('a card that wants its bank’s word is confirmed on a page of ours', () =>
  as(async (someone, { publisher }) => {
    const payer = new Payer(someone, publisher);
    await someone.read(LOCKED, 'preview', 'subscription-required');
    await payer.take('three-months');
    await payer.signUp();
    await payer.enter('4000002760003184');
    const button = someone.page.getByRole('button', { name: /^Subscribe and pay/ });
    const agree = () => someone.page.getByRole('button', { name: 'Complete authentication' }).click();
    await button.click();
    // Once for the card, and once for the charge.
    await Promise.all([someone.page.waitForURL('**/-/order/*'), agree()]);
    await someone.page.getByRole('button', { name: 'Confirm the payment' }).click();
    await agree();
    await someone.page.getByRole('heading', { name: /^Welcome to/ }).waitFor();
    await someone.read(LOCKED, 'full', 'entitled');
  }));

test('a webhook is believed once, and only if Stripe has signed it about now', () =>
  as(async (someone, { stripe, publisher }) => {
    const payer = new Payer(someone, publisher);
    await subscribe(payer);
    const told = await stripe.event('payment_intent.succeeded');
    const mails = await publisher.subjects(payer.mail);

    // The very same again, and late, and in another's name.
    assert.deepEqual(await stripe.send(told.body, told.signature), { status: 200, text: 'taken' });
    const late = signature(told.body, { at: Date.now() - 10 * 60_000 });
    for (const [name, signed, words] of [
      ['unsigned', undefined, /isn't signed/],
      ['by another', signature(told.body, { secret: 'whsec_stranger' }), /none of its signatures is right/],
      ['late', late, /signed \d+ seconds from now/],
      ['of another body', signature('{}'), /none of its signatures is right/],
      ['nonsense', 'Stripe', /can't be read/],
    ]) {
      const { status, text } = await stripe.send(told.body, signed);
      assert.equal(status, 400, name);
      assert.match(text, words, name);
    }

    // As large as Stripe's largest, and no larger.
    const padded = (size) => {
      const event = { ...JSON.parse(told.body), id: `evt_${size}`, type: 'plan.created', data: { object: { a: '' } } };
      event.data.object.a = 'x'.repeat(size - JSON.stringify(event).length);
      return JSON.stringify(event);
    };
    for (const [size, status] of [
      [65 * 1024, 200],
      [256 * 1024, 200],
      [256 * 1024 + 1, 413],
    ]) {
      const body = padded(size);
      assert.equal((await stripe.send(body, signature(body))).status, status, `${size} bytes`);
    }

    // None of it was paid or told twice.
    await someone.read(LOCKED, 'full', 'entitled');
    assert.deepEqual(kinds(await publisher.advance('1 day')), []);
    assert.deepEqual(await publisher.subjects(payer.mail), mails);
  }));
