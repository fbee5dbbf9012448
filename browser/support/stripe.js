// localstripe in Stripe's place: customers, cards, charges, its own script for
// browsers, and webhooks. Between it and the program stands this file, which hands
// everything on and keeps what was signed, so that it can be sent again, late and
// forged.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { edited, place } from './server.js';

/** localstripe on a port of its own choice; the tests of crates/providers run it too. */
const SCRIPT = fileURLToPath(new URL('../../crates/providers/tests/real/shop.py', import.meta.url));

const SECRET = 'whsec_of_the_browser_tests';
const KEY = 'sk_test_of_the_browser_tests';

/** What docs/guides/payments.md lists, as far as localstripe has it. */
const EVENTS = ['payment_intent.succeeded', 'payment_intent.payment_failed'];

/** A card that is taken, and whose charges are declined. */
const DECLINED = { number: '4000000000000341', exp_month: '12', exp_year: '2040', cvc: '123' };

/** localstripe sends its webhooks after a second. */
const WEBHOOK_MS = 20_000;

async function localstripe() {
  const python = process.env.LUDGATE_PYTHON;
  assert.ok(python, 'LUDGATE_PYTHON names a Python with browser/requirements.txt; `cargo xtask test` sets it');
  const child = spawn(python, ['-B', SCRIPT], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const lines = createInterface({ input: child.stdout });
  const port = await Promise.race([new Promise((resolve) => lines.once('line', resolve)), ended]);
  assert.match(String(port), /^\d+$/, 'localstripe could not be started; what it said is above');
  const stop = () => {
    child.kill();
    return ended;
  };
  return { base: `http://127.0.0.1:${port}`, stop };
}

const whole = async (request) => {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces);
};

/** A server that answers as `answer` says, by its address. */
async function serve(answer) {
  const server = createServer(async (request, response) => {
    try {
      const { status, headers, body } = await answer(request, await whole(request));
      response.writeHead(status, headers).end(body);
    } catch (error) {
      response.writeHead(502).end(String(error));
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { base: `http://127.0.0.1:${server.address().port}`, close };
}

class Stripe {
  constructor(behind) {
    this.behind = behind;
    /** What was told by webhook: the body, its signature, and how it was answered. */
    this.told = [];
    /** Whether the banks of all cards say no from now on. */
    this.declines = false;
  }

  /** Hands a request on to localstripe. */
  async pass(request, body) {
    const charges = request.method === 'POST' && request.url === '/v1/payment_intents';
    const sent = charges && this.declines ? await this.asked(body) : body;
    const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
    const hasBody = !['GET', 'HEAD'].includes(request.method);
    const answer = await fetch(this.behind + request.url, {
      method: request.method,
      headers,
      body: hasBody ? sent : undefined,
    });
    const { 'content-encoding': _e, 'content-length': _l, 'transfer-encoding': _t, ...said } = Object.fromEntries(
      answer.headers,
    );
    const text = Buffer.from(await answer.arrayBuffer());
    return asStripe(request, { status: answer.status, headers: said, body: text });
  }

  // A card of localstripe's does the same all its life, so one that pays can't be
  // declined later: the charge is asked of another card of the same customer's,
  // which localstripe declines as it does.
  async asked(body) {
    const form = new URLSearchParams(body.toString());
    const customer = form.get('customer');
    const method = await this.call('payment_methods', { type: 'card', ...nested('card', DECLINED) });
    await this.call(`payment_methods/${method.id}/attach`, { customer });
    form.set('payment_method', method.id);
    return form.toString();
  }

  async call(path, form) {
    const response = await fetch(`${this.behind}/v1/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}` },
      body: new URLSearchParams(form),
    });
    const said = await response.json();
    assert.equal(response.status, 200, `${path}: ${JSON.stringify(said)}`);
    return said;
  }

  /** Sends a webhook to the program; how it is answered. */
  async send(body, signature) {
    const headers = { 'content-type': 'application/json' };
    if (signature !== undefined) headers['stripe-signature'] = signature;
    const response = await fetch(`${this.program}/-/payments/stripe`, { method: 'POST', headers, body });
    return { status: response.status, text: (await response.text()).trim() };
  }

  /** Waits for an event of that type, and for its answer. */
  async event(type, count = 1) {
    const deadline = Date.now() + WEBHOOK_MS;
    for (;;) {
      const found = this.told.filter((told) => told.type === type);
      if (found.length >= count) return found.at(-1);
      assert.ok(Date.now() < deadline, `${found.length} of ${count} ${type}`);
      await pause(50);
    }
  }
}

// Two things that localstripe takes more lightly than Stripe. A charge that was
// asked for off session and that its bank wants confirmed is refused there, and has
// lost its card; and what has no card isn't confirmed where none is named.
const CONFIRMS = 'confirmCardPayment: async (clientSecret, data) => {';

function asStripe(request, answer) {
  if (request.url.startsWith('/js.stripe.com/')) {
    const script = answer.body.toString();
    assert.ok(script.includes(CONFIRMS), 'its script confirms charges in another way');
    const missing = `if (!data?.payment_method) return { error: { message: 'It is missing a payment method.' } };`;
    return { ...answer, body: script.replace(CONFIRMS, `${CONFIRMS}\n${missing}`) };
  }
  const isOurs = /^\/v1\/payment_intents(\/pi_\w+)?$/.test(request.url);
  if (!isOurs || answer.status !== 200) return answer;
  const intent = JSON.parse(answer.body.toString());
  if (intent.status !== 'requires_action') return answer;
  const code = 'authentication_required';
  const message = 'The card was declined. This transaction requires authentication.';
  const refused = {
    ...intent,
    status: 'requires_payment_method',
    payment_method: null,
    next_action: null,
    last_payment_error: { type: 'card_error', code, decline_code: code, message },
  };
  if (request.method === 'GET') return { ...answer, body: JSON.stringify(refused) };
  const error = { ...refused.last_payment_error, payment_intent: refused };
  return { ...answer, status: 402, body: JSON.stringify({ error }) };
}

const nested = (name, fields) =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [`${name}[${key}]`, value]));

/** What Stripe writes into `Stripe-Signature`. */
export function signature(body, { secret = SECRET, at = Date.now() } = {}) {
  const time = Math.floor(at / 1000);
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex')}`;
}

/** How the demonstration's configuration says that it is paid by Stripe. */
const paidAt = (base) => [
  [
    'provider = "sandbox"',
    `provider = "stripe"\nsecret_key = { file = "key" }\nwebhook_secrets = [{ file = "hook" }]\n` +
      `publishable_key = "pk_test_of_the_browser_tests"\nbase_url = "${base}"`,
  ],
];

/** Runs the demonstration with localstripe behind it. */
export async function paidByStripe() {
  const where = await place();
  const behind = await localstripe();
  const stripe = new Stripe(behind.base);
  const account = await serve((request, body) => stripe.pass(request, body));
  const hooks = await serve(async (request, body) => {
    const signed = request.headers['stripe-signature'];
    const answer = await stripe.send(body, signed);
    stripe.told.push({ type: JSON.parse(body).type, body, signature: signed, answer });
    return { status: answer.status, headers: {}, body: '' };
  });
  const end = async () => {
    await Promise.all([account.close(), hooks.close()]);
    await behind.stop();
  };
  try {
    await writeFile(join(where.data, 'key'), `${KEY}\n`, { mode: 0o600 });
    await writeFile(join(where.data, 'hook'), `${SECRET}\n`, { mode: 0o600 });
    const register = new URLSearchParams({ url: hooks.base, secret: SECRET });
    for (const event of EVENTS) register.append('events[]', event);
    await fetch(`${behind.base}/_config/webhooks/ours`, { method: 'POST', body: register });
    const server = await edited(where, paidAt(account.base));
    stripe.program = server.base;
    const stop = async () => {
      try {
        await server.stop();
      } finally {
        // What goes on keeps the tests from ending.
        await end();
      }
    };
    return { ...server, origin: account.base, stripe, stop };
  } catch (error) {
    await end();
    throw error;
  }
}
