// A reader: one browser context that starts with no cookie, and notices
// everything that a page must not do.

import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const EXECUTABLE = '/usr/bin/chromium';
const ARGS = [
  '--no-sandbox',
  '--headless',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Debian's Chromium, telling nobody. */
export function launch() {
  return chromium.launch({ executablePath: EXECUTABLE, args: ARGS });
}

/** Phones as most readers hold them. */
export const PHONE = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};

export class Reader {
  constructor(base, context, page, others = []) {
    this.base = base;
    /** Whose servers pages may ask beside the publication's own. */
    this.others = others;
    this.context = context;
    this.page = page;
    this.complaints = [];
  }

  /** Opens a path and returns the response, with the decision it carries. */
  async open(path) {
    const response = await this.page.goto(this.base + path, { waitUntil: 'load' });
    return { status: response.status(), decision: decision(response), response };
  }

  /** Opens a story and insists on how it is decided. */
  async read(slug, outcome, reason) {
    const opened = await this.open(`/stories/${slug}`);
    assert.equal(opened.status, 200, slug);
    assert.deepEqual(
      [opened.decision.outcome, opened.decision.reason],
      [outcome, reason],
      `${slug}: ${opened.decision.text}`,
    );
    return opened;
  }

  /** What is said in an element, without the marks that isolate directions. */
  async said(selector) {
    const text = await this.page.locator(selector).innerText();
    return text.replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ').trim();
  }

  count(selector) {
    return this.page.locator(selector).count();
  }

  /** How far the page is wider than its window, in pixels. */
  overflow() {
    return this.page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
  }
}

// `full; reason=counted; rule="metered"; used=1; limit=3`
function decision(response) {
  const text = response.headers()['ludgate-decision'] ?? '';
  const [outcome, ...parameters] = text.split('; ');
  const named = parameters.map((part) => part.split('=')).map(([key, value]) => [key, value?.replaceAll('"', '')]);
  return { text, outcome, ...Object.fromEntries(named) };
}

// Chromium reports the page's own status as an error of the console.
const isOwnStatus = (message, page) =>
  message.text().startsWith('Failed to load resource') && message.location().url === page.url();

function watch(reader) {
  const { page, base, others, complaints } = reader;
  page.on('console', (message) => {
    if (message.type() === 'error' && !isOwnStatus(message, page)) {
      complaints.push(`console: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    // What a page has made itself is at an address of its own origin.
    const place = url.replace(/^blob:/, '');
    const isKnown = [base, ...others].some((origin) => place.startsWith(`${origin}/`));
    if (!isKnown && !url.startsWith('data:')) complaints.push(`third party: ${url}`);
  });
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    // What a page had still to load when the reader went on isn't its fault.
    if (why !== 'net::ERR_ABORTED') complaints.push(`${why}: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400 && response.request().resourceType() !== 'document') {
      complaints.push(`${response.status()}: ${response.url()}`);
    }
  });
}

/**
 * Runs `visit` with a fresh reader, who must have had nothing to complain of:
 * no error in the console, no violated policy, no request to a third party that
 * isn't among `others`.
 */
export async function reader(browser, base, { others, ...options }, visit) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  try {
    const page = await context.newPage();
    const someone = new Reader(base, context, page, others);
    watch(someone);
    await someone.page.addInitScript(() => {
      window.violations = [];
      document.addEventListener('securitypolicyviolation', (event) => {
        window.violations.push(`${event.violatedDirective}: ${event.blockedURI}`);
      });
    });
    await visit(someone);
    if (options.javaScriptEnabled !== false) {
      someone.complaints.push(...(await page.evaluate(() => window.violations)));
    }
    assert.equal(someone.complaints.join('\n'), '');
  } finally {
    await context.close();
  }
}
