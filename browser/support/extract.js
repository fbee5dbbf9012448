// What the programs find that take a page's text out: those of reader modes,
// and those of people who collect text.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inPython } from './python.js';

const READABILITY = readFileSync(createRequire(import.meta.url).resolve('@mozilla/readability/Readability.js'), 'utf8');

/** What each of them finds in the page that is open, by its name. */
export async function extracted(page, html) {
  // A page's own policy forbids scripts that it doesn't know; the text is the same.
  const text = await page.evaluate((source) => {
    const Readability = new Function(`${source}; return Readability;`)();
    return new Readability(document.cloneNode(true)).parse()?.textContent ?? '';
  }, READABILITY);
  return { readability: text, ...(await inPython('extract.py', html, page.url())) };
}
