// The programs' interface, judged by what doesn't know how it is made: schemathesis
// asks whatever its description allows and much that it doesn't, as nobody and as an
// app that a reader has let in.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { CLIENT, letIn, signedUp, tokens } from '../support/app.js';
import { launch, reader } from '../support/reader.js';
import { demo } from '../support/server.js';
import { LOCKED, METERED, passages } from '../support/stories.js';

const SCOPES = 'read account saved history';

// The longest that schemathesis may take, in milliseconds.
const PATIENCE = 300_000;

// What it found, as text; nothing where all is well.
function judged(base, headers = []) {
  const python = process.env.LUDGATE_PYTHON;
  assert.ok(python, 'LUDGATE_PYTHON names a Python with browser/requirements.txt; `cargo xtask test` sets it');
  const asked = [
    '-m', 'schemathesis.cli', 'run', `${base}/-/api/v1/openapi.json`,
    '--url', `${base}/-/api/v1`,
    '--max-examples', '25', '--seed', '1', '--generation-deterministic', '--no-color',
    ...headers.flatMap((line) => ['--header', line]),
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(python, asked, { stdio: ['ignore', 'pipe', 'pipe'], timeout: PATIENCE });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, said }));
  });
}

describe('in the demonstration', () => {
  let server;
  let browser;
  before(async () => {
    server = await demo();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  test('it is as it is described, to nobody in particular', async () => {
    const { code, said } = await judged(server.base);
    assert.equal(code, 0, said);
  });

  test('an app that is let in reads what its reader may, and is judged as well', () =>
    reader(browser, server.base, {}, async (someone) => {
      await signedUp(someone, server.base, server.publisher, 'anna@example.com');
      const refused = await letIn(someone, server.base, SCOPES, 'Don’t let it in');
      assert.deepEqual(refused, { error: 'access_denied' });
      const given = await letIn(someone, server.base, SCOPES);
      assert.equal(given.scope, SCOPES);
      const line = `Authorization: Bearer ${given.access_token}`;
      const read = async (path) => {
        const response = await fetch(`${server.base}/-/api/v1/${path}`, { headers: { authorization: `Bearer ${given.access_token}` } });
        return response.json();
      };
      const story = await read(`stories/${METERED[0]}`);
      assert.equal(story.decision.reason, 'counted');
      const { locked } = passages(LOCKED);
      const walled = JSON.stringify(await read(`stories/${LOCKED}`));
      for (const passage of locked) assert.ok(!walled.includes(passage), passage);
      const { code, said } = await judged(server.base, [line]);
      assert.equal(code, 0, said);
    }));

  /** Asks as an app: what is answered, with its status. */
  const asked = async (path, given) => {
    const headers = { authorization: `Bearer ${given.access_token}` };
    const response = await fetch(`${server.base}/-/api/v1/${path}`, { headers });
    return { status: response.status, ...(await response.json()) };
  };

  test('pages and an app in turn give no more stories than either alone', () =>
    reader(browser, server.base, {}, async (someone) => {
      await signedUp(someone, server.base, server.publisher, 'berta@example.com');
      const given = await letIn(someone, server.base, 'read');
      const { meters } = await asked('meter', given);
      const { stories } = await asked('stories?tier=metered&limit=50', given);
      const names = stories.filter(({ language }) => language === 'en').map(({ id }) => id);
      const decided = [];
      for (const [turn, name] of names.slice(0, meters[0].limit + 2).entries()) {
        const { decision } = turn % 2 ? await asked(`stories/${name}`, given) : await someone.open(`/stories/${name}`);
        decided.push(decision.reason);
      }
      assert.deepEqual(decided, [...Array(meters[0].limit).fill('counted'), 'meter-exhausted', 'meter-exhausted']);
      const after = await asked('meter', given);
      assert.equal(after.meters[0].left, 0);
    }));

  test('an app that is signed out among the devices reads nothing more', () =>
    reader(browser, server.base, {}, async (someone) => {
      await signedUp(someone, server.base, server.publisher, 'clara@example.com');
      const given = await letIn(someone, server.base, 'account');
      assert.equal((await asked('me', given)).mail, 'clara@example.com');
      await someone.open('/-/account');
      await someone.page.locator('.device', { hasText: 'Review Reader' }).getByRole('button').click();
      await someone.page.waitForURL('**/-/account*');
      assert.equal((await asked('me', given)).status, 401);
      const again = { grant_type: 'refresh_token', client_id: CLIENT, refresh_token: given.refresh_token };
      assert.equal((await tokens(server.base, again)).error, 'invalid_grant');
    }));
});
