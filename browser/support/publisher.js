// Who sits at the admin listener: reads the mails that were put into the folder,
// and moves the test clock.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Mail is sent right away; this is for a machine that compiles something else. */
const MAIL_MS = 20_000;

const plain = (html) =>
  html
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');

class Publisher {
  constructor(admin, token) {
    this.base = `http://${admin}`;
    this.headers = { authorization: `Bearer ${token}` };
  }

  async ask(path, options = {}) {
    const response = await fetch(this.base + path, { ...options, headers: this.headers });
    const html = await response.text();
    assert.equal(response.status, 200, `${path}: ${html}`);
    return html;
  }

  /** The mails to somebody, the latest first: their subjects, and where they are. */
  async mails(to) {
    const html = await this.ask('/mails');
    const rows = [...html.matchAll(/<td>([^<]*)<\/td><td><a href="(\/mails\/[^"]+)">([^<]*)<\/a>/g)];
    const all = rows.map(([, whose, path, subject]) => ({ to: plain(whose), path, subject: plain(subject) }));
    return all.filter((mail) => mail.to === to);
  }

  /** The subjects of all mails to somebody, the first one first. */
  async subjects(to) {
    return (await this.mails(to)).map((mail) => mail.subject).reverse();
  }

  /** Waits until there are so many mails to somebody; the latest one's text. */
  async mail(to, count) {
    const deadline = Date.now() + MAIL_MS;
    let found = await this.mails(to);
    while (found.length < count) {
      assert.ok(Date.now() < deadline, `${found.length} mails of ${count} to ${to}`);
      await pause(50);
      found = await this.mails(to);
    }
    const html = await this.ask(found[0].path);
    return plain(html.replace(/^[\s\S]*<pre>/, '').replace(/<[^>]*>/g, ''));
  }

  /** Moves the clock ahead; what happened on the way, a line for each event. */
  async advance(by) {
    const html = await this.ask('/clock', { method: 'POST', body: new URLSearchParams({ by }) });
    const [, lines = ''] = html.match(/<pre>([\s\S]*)<\/pre>/) ?? [];
    return plain(lines).split('\n');
  }
}

/** Who holds the token in a data folder. */
export async function publisher(admin, data) {
  const token = await readFile(join(data, 'admin-token'), 'utf8');
  return new Publisher(admin, token.trim());
}
