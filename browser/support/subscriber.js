// Somebody who subscribes to the demonstration, from the wall to an open story.

import assert from 'node:assert/strict';
import { violations } from './axe.js';
import { mouse } from './hands.js';
import { passages } from './stories.js';

/** Cards of the sandbox: docs/reference/sandbox.md. */
export const CARDS = {
  works: '4242 4242 4242 4242',
  /** Pays for the intro and the first month, and for nothing after that. */
  worksTwice: '4000 0000 0000 7023',
  refused: '4000 0000 0000 0002',
};

const PASSWORD = 'correct horse battery staple';

export class Subscriber {
  constructor(reader, publisher, hand = mouse) {
    this.reader = reader;
    this.page = reader.page;
    this.publisher = publisher;
    this.hand = hand(reader.page);
    this.mail = 'anna@example.com';
    /** What is wrong with the pages that were seen. */
    this.complaints = [];
  }

  /** Looks at the page that is open: axe-core in light and in dark, and its width. */
  async look(name) {
    for (const colorScheme of ['light', 'dark']) {
      await this.page.emulateMedia({ colorScheme });
      const lines = await violations(this.page);
      this.complaints.push(...lines.map((line) => `${name}, ${colorScheme}: ${line}`));
    }
    const wider = await this.reader.overflow();
    if (wider > 0) this.complaints.push(`${name}: ${wider} px wider than the window`);
  }

  /** Presses what leads to another page, and waits for it. */
  async go(control, place) {
    await Promise.all([this.page.waitForURL(place, { waitUntil: 'load' }), this.hand.press(control)]);
  }

  /** From a wall to the checkout of the offer that it holds out. */
  async take(offer) {
    await this.go(this.page.locator('.ludgate-wall .ludgate-button'), `**/-/subscribe/${offer}*`);
    await this.look(`the checkout of ${offer}`);
  }

  /** Makes an account on the way, confirmed by the link in the mail. */
  async signUp() {
    await this.go(this.page.getByRole('link', { name: 'Create an account' }), '**/-/register?*');
    await this.look('signing up');
    await this.hand.write(this.page.getByLabel('E-mail address'), this.mail);
    await this.hand.write(this.page.getByLabel('New password'), PASSWORD);
    await this.go(this.page.getByRole('button', { name: 'Create the account' }), '**/-/register');
    await this.look('a mail is sent');
    const letter = await this.publisher.mail(this.mail, 1);
    const link = letter.match(/http:\/\/\S+\/-\/register\/link\?\S+/)?.[0];
    assert.ok(link, letter);
    await this.page.goto(link);
    await this.look('the link of the mail');
    // Back at the checkout that was left for it.
    await this.go(this.page.locator('main form button.button'), '**/-/subscribe/*');
  }

  /** Fills the checkout in with a card, the one on the page that isn't kept. */
  async enter(card) {
    const another = this.page.getByLabel('Another card');
    if (await another.count()) await this.hand.tick(another);
    const field = (name) => this.page.getByRole('textbox', { name });
    await this.hand.write(field('Card number'), card);
    await this.hand.write(field('Good through'), '12/40');
    await this.hand.write(field('Security code'), '123');
    const consent = this.page.getByLabel('I agree to these terms');
    if (!(await consent.isChecked())) await this.hand.tick(consent);
  }

  /** Pays, and goes back to the story. */
  async pay(card, slug) {
    await this.enter(card);
    await this.look('a checkout that is filled in');
    await this.go(this.page.getByRole('button', { name: /^(Subscribe|Buy) and pay/ }), '**/-/order/*');
    await this.page.getByRole('heading', { name: /^Welcome to/ }).waitFor();
    await this.look('welcome');
    await this.go(this.page.getByRole('link', { name: 'Read on where you were' }), `**/stories/${slug}`);
    await this.hasAll(slug);
    await this.look('the story that was bought');
  }

  /** Finds a story by words that stand where no beginning reaches, and sees them quoted. */
  async searchesTexts(slug) {
    const words = passages(slug).locked.at(-1).split(' ').slice(0, 6).join(' ');
    await this.page.goto(new URL(`/search?q=${encodeURIComponent(`"${words}"`)}`, this.page.url()).href);
    assert.equal(await this.page.locator(`.results a[href="/stories/${slug}"]`).count(), 0, 'it is found by everybody');
    await this.go(this.page.getByRole('link', { name: 'Search whole stories' }), '**/-/account/search?*');
    const found = this.page.locator('.hit', { has: this.page.locator(`a[href="/stories/${slug}"]`) });
    const excerpt = (await found.locator('.hit__excerpt').innerText()).replace(/\s+/g, ' ');
    assert.ok(excerpt.includes(words), `“${words}” isn’t in “${excerpt}”`);
    await this.look('what is found in whole stories');
    await this.hand.write(this.page.getByLabel('Words to look for'), 'xyzzy');
    await this.go(this.page.getByRole('button', { name: 'Search' }), '**/-/account/search?q=xyzzy');
    await this.look('nothing is found in whole stories');
  }

  /** Insists that the page has all of the story, and no wall. */
  async hasAll(slug) {
    const text = await this.page.locator('.story-body').innerText();
    const said = text.replace(/\s+/g, ' ');
    for (const passage of passages(slug).locked) assert.ok(said.includes(passage), `${slug} lacks “${passage}”`);
    assert.equal(await this.reader.count('.ludgate-wall'), 0);
  }
}
