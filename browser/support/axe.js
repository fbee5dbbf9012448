// axe-core's opinion of a page.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What is wrong with a page, a line for each element. Needs `bypassCSP`. */
export async function violations(page) {
  await page.addScriptTag({ content: SOURCE });
  const found = await page.evaluate(
    (values) => window.axe.run(document, { runOnly: { type: 'tag', values } }),
    RULES,
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id} at ${node.target.join(' ')}: ${node.failureSummary}`),
  );
}

/** Checks pages in light and in dark, as one reader. */
export async function opinions(reader, pages) {
  const all = [];
  for (const [name, path] of Object.entries(pages)) {
    for (const colorScheme of ['light', 'dark']) {
      await reader.page.emulateMedia({ colorScheme });
      await reader.open(path);
      all.push(...(await violations(reader.page)).map((line) => `${name}, ${colorScheme}: ${line}`));
    }
  }
  return all;
}
