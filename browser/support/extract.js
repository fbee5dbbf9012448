// What the programs find that take a page's text out: those of reader modes,
// and those of people who collect text.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const READABILITY = readFileSync(createRequire(import.meta.url).resolve('@mozilla/readability/Readability.js'), 'utf8');
const SCRIPT = fileURLToPath(new URL('extract.py', import.meta.url));

function inPython(html, address) {
  const python = process.env.LUDGATE_PYTHON;
  assert.ok(python, 'LUDGATE_PYTHON names a Python with browser/requirements.txt; `cargo xtask test` sets it');
  return new Promise((resolve, reject) => {
    const child = spawn(python, [SCRIPT, address], { stdio: ['pipe', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (said += text));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(JSON.parse(said)) : reject(new Error(`extract.py: ${code}`))));
    child.stdin.end(html);
  });
}

/** What each of them finds in the page that is open, by its name. */
export async function extracted(page, html) {
  // A page's own policy forbids scripts that it doesn't know; the text is the same.
  const text = await page.evaluate((source) => {
    const Readability = new Function(`${source}; return Readability;`)();
    return new Readability(document.cloneNode(true)).parse()?.textContent ?? '';
  }, READABILITY);
  return { readability: text, ...(await inPython(html, page.url())) };
}
