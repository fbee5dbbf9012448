// Programs of Python's that judge what the server sends.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a script beside this one makes of a text, as JSON. */
export function inPython(script, text, ...args) {
  const python = process.env.LUDGATE_PYTHON;
  assert.ok(python, 'LUDGATE_PYTHON names a Python with browser/requirements.txt; `cargo xtask test` sets it');
  const file = fileURLToPath(new URL(script, import.meta.url));
  return new Promise((resolve, reject) => {
    const child = spawn(python, [file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (piece) => (said += piece));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(JSON.parse(said)) : reject(new Error(`${script}: ${code}`))));
    child.stdin.end(text);
  });
}
