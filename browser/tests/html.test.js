// html-validate's opinion of every kind of page.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HtmlValidate } from 'html-validate';
import { APP, METERED, OTHERS, PAGES, SHOP } from '../support/stories.js';
import { suite } from '../support/suite.js';

const as = suite();
const inArabic = suite('ar');

const judge = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: {
    // How the text is set, which is nobody's business but the template's.
    'no-trailing-whitespace': 'off',
    'doctype-style': 'off',
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    // A title that was cut short would help nobody.
    'long-title': 'off',
    'no-inline-style': 'error',
    // Everything comes from here.
    'require-sri': 'off',
    // Safari takes a list without marks for none unless it is told.
    'no-redundant-role': 'off',
  },
});

/** Nobody looks at the page: it is judged as it is sent. */
const UNSEEN = { javaScriptEnabled: false };

async function opinion(reader, path) {
  const response = await fetch(reader.base + path);
  const html = await response.text();
  const report = await judge.validateString(html, path);
  const lines = html.split('\n');
  return report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line }) => `${path}:${line} ${ruleId}: ${message}\n  ${lines[line - 1]}`),
  );
}

for (const [name, path] of Object.entries({ ...PAGES, ...OTHERS, ...SHOP, ...APP })) {
  test(`${name}: html-validate finds nothing`, () =>
    as(UNSEEN, async (reader) => {
      assert.equal((await opinion(reader, path)).join('\n'), '');
    }));
}

test('from right to left likewise', () =>
  inArabic(UNSEEN, async (reader) => {
    for (const path of ['/', `/stories/${METERED[0]}`, PAGES.wall, OTHERS.archive]) {
      assert.equal((await opinion(reader, path)).join('\n'), '');
    }
  }));
