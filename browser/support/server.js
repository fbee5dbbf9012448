// The real program, started on free ports with a data folder of its own, and
// ended whatever happens.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { publisher } from './publisher.js';

const DEMO = fileURLToPath(new URL('../../demo/', import.meta.url));

// Generous: a debug build on a machine that compiles something else.
const START_MS = 30_000;
const STOP_MS = 10_000;

// A port that was free a moment ago, which has to do: the program needs to
// know its own address before it listens.
async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function isReady(base) {
  try {
    const response = await fetch(`${base}/-/readyz`);
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

function collected(child, program) {
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (said.text += text));
  }
  const ended = new Promise((resolve) => {
    child.once('error', (error) => {
      said.text += `${program}: ${error.message}\n`;
      resolve(-1);
    });
    child.once('exit', resolve);
  });
  return { said, ended };
}

/** The program to test. */
export function program() {
  assert.ok(process.env.LUDGATE, 'LUDGATE names the program to test; `cargo xtask test` sets it');
  return process.env.LUDGATE;
}

/** A folder of the test's own, and two addresses that nobody uses. */
export async function place() {
  const data = await mkdtemp(join(tmpdir(), 'ludgate-browser-'));
  const base = `http://127.0.0.1:${await freePort()}`;
  return { data, base, admin: `127.0.0.1:${await freePort()}` };
}

/** Runs the program until `stop`, which says what it had to complain of. */
export async function run(args, { data, base }) {
  const child = spawn(program(), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const { said, ended } = collected(child, program());
  const isOver = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;

  const stop = async () => {
    if (!isOver()) {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(timer);
    }
    await rm(data, { recursive: true, force: true });
    assert.equal(child.signalCode, null, `the program didn't end when told to:\n${said.text}`);
    assert.equal(child.exitCode, 0, `the program ended badly:\n${said.text}`);
  };

  const deadline = Date.now() + START_MS;
  while (!(await isReady(base))) {
    if (isOver() || Date.now() > deadline) {
      child.kill('SIGKILL');
      await rm(data, { recursive: true, force: true });
      assert.fail(`the program isn't ready after ${START_MS} ms, or has ended:\n${said.text}`);
    }
    await pause(50);
  }
  return { base, stop };
}

/** Runs the demonstration. */
export async function demo(locale = 'en') {
  const where = await place();
  const listen = where.base.slice('http://'.length);
  const args = ['demo', '--data', where.data, '--listen', listen, '--admin', where.admin, '--locale', locale];
  const server = await run(args, where);
  return { ...server, publisher: await publisher(where.admin, where.data) };
}

/**
 * Runs the demonstration with another configuration: its own, in which each of
 * `edits` puts one text in another's place.
 */
export async function edited(where, edits) {
  const config = join(where.data, 'ludgate.toml');
  const listen = where.base.slice('http://'.length);
  const home = [
    ['http://127.0.0.1:8080', where.base],
    ['[origin]', `[server]\nlisten = "${listen}"\nadmin = "${where.admin}"\ndata = "data"\n\n[origin]`],
    ['content = "content"', `content = ${JSON.stringify(join(DEMO, 'content'))}`],
    // The command moves it to five weeks from today.
    ['ends   = 2027-01-31\n', ''],
  ];
  const text = [...home, ...edits].reduce(
    (text, [from, to]) => {
      assert.ok(text.includes(from), `demo/ludgate.toml doesn't say ${from}`);
      return text.replace(from, to);
    },
    await readFile(join(DEMO, 'ludgate.toml'), 'utf8'),
  );
  await writeFile(config, text);
  const server = await run(['serve', '--config', config], where);
  return { ...server, publisher: await publisher(where.admin, join(where.data, 'data')) };
}
