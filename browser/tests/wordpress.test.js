// WordPress behind the gate: readers, editors, subscribers of WordPress's own.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PHONE, launch, reader } from '../support/reader.js';
import { wordpress } from '../support/wordpress.js';

let browser;
let site;
before(async () => {
  site = await wordpress();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const as = (options, visit) => reader(browser, site.base, options, visit);

/** Opens a story and insists on how it is decided. */
async function read(someone, path, outcome, reason) {
  const opened = await someone.open(path);
  const { decision } = opened;
  assert.deepEqual([opened.status, decision.outcome, decision.reason], [200, outcome, reason], `${path}: ${decision.text}`);
  return opened;
}

async function readToTheWall(someone) {
  for (const name of ['a', 'b', 'c']) await read(someone, site.story(name).path, 'full', 'counted');
  return read(someone, site.story('d').path, 'preview', 'meter-exhausted');
}

/** Logs in to WordPress as its users do. */
async function logIn(someone, user) {
  await someone.open('/wp-login.php');
  const { page } = someone;
  await page.locator('#user_login').fill(user);
  await page.locator('#user_pass').fill(`the ${user} of the tests`);
  await Promise.all([page.waitForURL('**/wp-admin/**'), page.locator('#wp-submit').click()]);
}

/** How long WordPress's editor may take for a step on a machine that is busy, in milliseconds. */
const PATIENCE = 120_000;

/** An editor, who is staff to the gate and logged in to WordPress. */
async function editor(visit) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const refused = [];
    page.on('response', (response) => {
      if (response.status() >= 500) refused.push(`${response.status()}: ${response.url()}`);
    });
    const someone = { page, context, open: (path) => page.goto(site.base + path) };
    await someone.open(await site.staffLink());
    await logIn(someone, 'editor');
    await visit(someone).finally(() => assert.equal(refused.join('\n'), ''));
  } finally {
    await context.close();
  }
}

const PARAGRAPHS = Array.from(
  { length: 12 },
  (_, number) => `Paragraph ${number} tells at some length what the harbour board has heard of marker${number}end on that day.`,
);

for (const [name, options] of [['on a desktop', {}], ['on a phone', PHONE], ['without JavaScript', { javaScriptEnabled: false }]]) {
  test(`${name}, a reader reads to the wall, which looks right in the theme`, () =>
    as(options, async (someone) => {
      const { response } = await readToTheWall(someone);
      const { canaries } = site.story('d');
      const html = await response.text();
      for (const canary of canaries.slice(0, 2)) assert.ok(html.includes(canary), 'the beginning');
      for (const canary of canaries.slice(2)) assert.ok(!html.includes(canary), canary);
      const wall = someone.page.locator('.ludgate-wall');
      assert.equal(await someone.said('.ludgate-wall h2'), 'Subscribe to keep reading');
      const box = await wall.boundingBox();
      const text = await someone.page.locator('.entry-content > p').first().boundingBox();
      assert.ok(Math.abs(box.x - text.x) < 2, `in line with the text: ${box.x} and ${text.x}`);
      assert.ok(Math.abs(box.width - text.width) < 2, `as wide as the text: ${box.width} and ${text.width}`);
      if (options.javaScriptEnabled !== false) assert.equal(await someone.overflow(), 0);
    }));
}

test('free sections are open, and exclusive ones walled at once', () =>
  as({}, async (someone) => {
    await read(someone, site.story('free').path, 'full', 'free');
    await read(someone, site.story('locked').path, 'preview', 'subscription-required');
  }));

test('what an editor publishes is metered within a second, corrected at once, and gone at once', () =>
  editor(async ({ page, open }) => {
    await open('/wp-admin/post-new.php');
    await page.locator('.editor-post-title__input').fill('A story of this morning');
    await page.keyboard.press('Enter');
    for (const paragraph of PARAGRAPHS) {
      await page.keyboard.insertText(paragraph);
      await page.keyboard.press('Enter');
    }
    await page.locator('.editor-post-publish-panel__toggle').click();
    await page.locator('.editor-post-publish-button').click();
    await page.locator('.post-publish-panel__postpublish-header').waitFor();
    const link = await page.locator('.post-publish-panel__postpublish-header a').getAttribute('href');
    const path = new URL(link).pathname;

    const published = Date.now();
    const anybody = await fetch(link);
    assert.match(anybody.headers.get('ludgate-decision'), /^full; reason=counted/, 'it is metered');
    assert.ok((await anybody.text()).includes('marker11end'));
    assert.ok(Date.now() - published < 1000, `${Date.now() - published} ms after it was published`);

    await as({}, async (someone) => {
      await readToTheWall(someone);
      const { response } = await read(someone, path, 'preview', 'meter-exhausted');
      const html = await response.text();
      assert.ok(html.includes('marker1end') && !html.includes('marker5end'), 'its beginning only');
      await someone.open('/');
      assert.ok((await someone.page.content()).includes('A story of this morning'), 'the front page has it');
    });

    await page.keyboard.press('Escape');
    await page.locator('.block-editor-rich-text__editable').first().click();
    await page.keyboard.press('Home');
    await page.keyboard.insertText('Corrected: ');
    const isSaved = (response) => response.url().includes('/wp-json/wp/v2/posts/') && response.request().method() === 'POST';
    await Promise.all([page.waitForResponse(isSaved), page.locator('.editor-post-publish-button').click()]);
    await as({}, async (someone) => {
      const { response } = await read(someone, path, 'full', 'counted');
      assert.ok((await response.text()).includes('Corrected: Paragraph 0'), 'the correction shows');
    });

    await page.reload();
    const trash = page.locator('.editor-post-trash');
    await trash.waitFor();
    await Promise.all([page.waitForURL('**/edit.php**'), trash.click()]);
    await as({}, async (someone) => {
      const { status } = await someone.open(path);
      assert.equal(status, 404, 'it is gone');
    });
  }));

test('who is logged in to WordPress without being staff reads no more than anybody', () =>
  as({}, async (someone) => {
    await logIn(someone, 'subscriber');
    const { response } = await readToTheWall(someone);
    const html = await response.text();
    for (const canary of site.story('d').canaries.slice(2)) assert.ok(!html.includes(canary), canary);
    const asked = await someone.page.request.get(`${site.base}/wp-json/wp/v2/posts`);
    assert.equal(asked.status(), 403);
  }));

test('an editor without a link of the gate’s reads stories as anybody does', () =>
  as({}, async (someone) => {
    await logIn(someone, 'editor');
    await readToTheWall(someone);
  }));

test('a reader comments, and is told that it waits for approval', () =>
  as({}, async (someone) => {
    const { page } = someone;
    await read(someone, site.story('discussed').path, 'full', 'counted');
    await page.locator('#comment').fill('What a reader has to say of it.');
    await page.locator('#author').fill('A reader');
    await page.locator('#email').fill('reader@post.example');
    await Promise.all([page.waitForURL('**unapproved=**'), page.locator('#submit').click()]);
    const said = await page.locator('.wp-block-comments, #comments').first().innerText();
    assert.ok(said.includes('What a reader has to say of it.'), said);
    assert.ok(said.includes('awaiting moderation'), said);
  }));
