// An app that a reader lets in: OAuth 2.1 by hand, as docs/guides/apps.md has it.

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';

/** The app that the demonstration knows. */
export const CLIENT = 'review-reader';

/** Somebody with an account, who has bought nothing. */
export async function signedUp(reader, base, publisher, mail) {
  const { page } = reader;
  await page.goto(`${base}/-/register`);
  await page.getByLabel('E-mail address').fill(mail);
  await page.getByLabel('New password').fill('correct horse battery staple');
  await page.getByRole('button', { name: 'Create the account' }).click();
  const letter = await publisher.mail(mail, 1);
  const link = letter.match(/http:\/\/\S+\/-\/register\/link\?\S+/)?.[0];
  assert.ok(link, letter);
  await page.goto(link);
  await page.locator('main form button.button').click();
  await page.waitForURL('**/-/account');
}

/** Asks the reader, whose browser is signed in, and comes back with tokens. */
export async function letIn(reader, base, scope, answer = 'Let it in') {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const { server, place, heard } = await listening();
  // The reader's browser is sent there, and knows it.
  reader.others.push(new URL(place).origin);
  try {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: CLIENT,
      redirect_uri: place,
      code_challenge: challenge,
      code_challenge_method: 'S256',
      scope,
      state: 'a state',
    });
    await reader.page.goto(`${base}/-/oauth/authorize?${query}`);
    await reader.page.getByRole('button', { name: answer, exact: true }).click();
    const said = await heard;
    assert.equal(said.get('state'), 'a state');
    assert.equal(said.get('iss'), base);
    if (said.get('error')) return { error: said.get('error') };
    return await tokens(base, {
      grant_type: 'authorization_code',
      client_id: CLIENT,
      code: said.get('code'),
      redirect_uri: place,
      code_verifier: verifier,
    });
  } finally {
    server.close();
  }
}

/** What the token endpoint says. */
export async function tokens(base, fields) {
  const response = await fetch(`${base}/-/oauth/token`, { method: 'POST', body: new URLSearchParams(fields) });
  return response.json();
}

// The app's own address on the reader's machine, which hears one answer.
async function listening() {
  let tell;
  const heard = new Promise((resolve) => (tell = resolve));
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://127.0.0.1');
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>Signed in</title><link rel="icon" href="data:,"><p>You may close this window.');
    if (url.pathname === '/signed-in') tell(url.searchParams);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, place: `http://127.0.0.1:${server.address().port}/signed-in`, heard };
}
