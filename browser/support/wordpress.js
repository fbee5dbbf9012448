// A real WordPress behind the real program, both for one file of tests.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { place, program, run } from './server.js';

const SCRIPT = fileURLToPath(new URL('../../wordpress/site.sh', import.meta.url));

// Starts the site; it ends when nobody holds its standard input any more.
async function site(home, data, chatty) {
  const env = { ...process.env, WORDPRESS_TEST_CHATTY: chatty ? 'yes' : '' };
  const args = [home, `${home}/-/purge`, join(data, 'data/webhook-secret')];
  const child = spawn(SCRIPT, args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([
    new Promise((resolve) => lines.once('line', (text) => resolve([text]))),
    ended.then(() => []),
  ]);
  assert.ok(line, 'WordPress could not be started; what it said is above');
  const stop = () => {
    child.stdin.end();
    return ended;
  };
  return { ...JSON.parse(line), stop };
}

const configuration = (where, port) => `
[publication]
name     = "The Stanner Post"
url      = "${where.base}"
timezone = "Europe/London"

[server]
listen = "${where.base.slice('http://'.length)}"
admin  = "${where.admin}"
data   = "data"

[origin]
url    = "http://127.0.0.1:${port}"
preset = "wordpress"

[articles]
preview = { paragraphs = 2 }

[debug]
expose_decisions = true

[[meters]]
id        = "monthly"
period    = "calendar month"
allowance = { anonymous = 3 }

[[rules]]
id   = "service"
when = { section = "Service" }
then = "open"

[[rules]]
id   = "exclusive"
when = { section = "Exclusive" }
then = { wall = "subscribe" }

[[rules]]
id   = "metered"
then = { meter = "monthly", wall = "subscribe" }
`;

/** Runs both; `chatty` has WordPress repeat each story's text all over its page. */
export async function wordpress({ chatty = false } = {}) {
  const where = await place();
  const cms = await site(where.base, where.data, chatty);
  try {
    const config = join(where.data, 'ludgate.toml');
    await writeFile(config, configuration(where, cms.port));
    const server = await run(['serve', '--config', config], where);
    const stop = async () => {
      try {
        await server.stop();
      } finally {
        // What goes on keeps the tests from ending.
        await cms.stop();
      }
    };
    /** A link that makes the browser that follows it staff. */
    const staffLink = async () => {
      const { stdout } = await promisify(execFile)(program(), ['staff', '--config', config]);
      return stdout.trim().slice(where.base.length);
    };
    const story = (name) => cms.stories.find((one) => one.name === name);
    return { base: where.base, story, staffLink, stop };
  } catch (error) {
    await cms.stop();
    throw error;
  }
}
