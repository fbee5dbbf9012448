// Pictures of every kind of page, for people to look at. Not a test.
//
//   LUDGATE=target/debug/ludgate node browser/screenshots.js FOLDER

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launch } from './support/reader.js';
import { demo } from './support/server.js';
import { OTHERS, PAGES, SHOP } from './support/stories.js';

const folder = process.argv[2];
if (!folder) {
  console.error('say into which folder: node screenshots.js FOLDER');
  process.exit(2);
}
await mkdir(folder, { recursive: true });

const WIDTHS = [390, 820, 1440];

async function shoot(browser, base, name, path, width, colorScheme) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  await page.goto(base + path);
  // Pictures below the fold are loaded once they are scrolled to.
  await page.evaluate(async () => {
    const pictures = [...document.images];
    for (const picture of pictures) picture.loading = 'eager';
    await Promise.all(pictures.map((picture) => picture.decode().catch(() => {})));
  });
  const file = join(folder, `${name}-${width}-${colorScheme}.png`);
  await page.screenshot({ path: file, fullPage: true });
  console.log(file);
  await context.close();
}

async function inLocale(browser, locale, pages) {
  const server = await demo(locale);
  try {
    for (const [name, path] of Object.entries(pages)) {
      for (const width of WIDTHS) {
        for (const scheme of ['light', 'dark']) {
          await shoot(browser, server.base, `${name}-${locale}`, path, width, scheme);
        }
      }
    }
  } finally {
    await server.stop();
  }
}

const browser = await launch();
try {
  await inLocale(browser, 'en', { ...PAGES, ...OTHERS, ...SHOP });
  for (const locale of ['ar', 'ja']) await inLocale(browser, locale, { wall: PAGES.wall, story: PAGES.story, ...SHOP });
} finally {
  await browser.close();
}
