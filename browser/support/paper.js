// What a page comes to on paper: printed by Chromium, and read by somebody else.

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** More than any story's text. */
const MOST_BYTES = 4 * 1024 * 1024;

/** The page that is open, on A4: how many sheets it takes, and the text on them. */
export async function printed(page) {
  const folder = await mkdtemp(join(tmpdir(), 'ludgate-print-'));
  try {
    const file = join(folder, 'page.pdf');
    // As the style sheet has it: a browser prints no colours behind text unless told to.
    await writeFile(file, await page.pdf({ format: 'A4', preferCSSPageSize: true }));
    const options = { maxBuffer: MOST_BYTES };
    const [{ stdout: info }, { stdout: text }] = await Promise.all([
      run('pdfinfo', [file], options),
      run('pdftotext', ['-raw', file, '-'], options),
    ]);
    return { sheets: Number(info.match(/^Pages:\s+(\d+)/m)[1]), text: flowing(text) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Lines as one text: what was parted at the end of a line is whole again. */
const flowing = (text) => text.replace(/[\u00ad\u2010-]\n/g, '').replace(/\s+/g, ' ');
