import assert from 'node:assert/strict';
import { until } from './visit.mjs';

/** So soon that it is renewed at once, and long enough for the flow. */
const SOON_S = 50;

async function signedIn(visitor, web, user, place) {
  const visit = await visitor({ web, place });
  await visit.title('Sign in').waitFor();
  await visit.button('Sign in').click();
  await visit.page.locator(`#${user}`).click();
  await visit.button('Sign out').waitFor();
  return visit;
}

export async function signingInLeadsBackToThePlace(visitor, { closed }) {
  const visit = await signedIn(visitor, closed, 'operator', '/objects?state=done');
  await visit.sees('operator');
  assert.equal(visit.place, '#/objects?state=done');
  assert.equal(new URL(visit.page.url()).search, '');
  await visit.sees('No object is like this');
  assert.equal(await visit.page.getByText('No sign-in:').count(), 0);
}

/** Not in the tab's storage, nor a cookie, nor the address: a reload forgets it. */
export async function theTokenIsInMemoryOnly(visitor, { closed }) {
  const visit = await signedIn(visitor, closed, 'operator', '/');
  // How much it is, not what: that would be in the log.
  const kept = await visit.page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie.length, history.state]);
  assert.deepEqual(kept, [0, 0, 0, null]);
  await visit.page.reload();
  await visit.title('Sign in').waitFor();
}

export async function signingOutEndsItHereAndThere(visitor, { closed }) {
  const visit = await signedIn(visitor, closed, 'viewer', '/');
  const left = visit.page.waitForRequest((request) => request.url().includes('/logout'));
  await visit.button('Sign out').click();
  await left;
  await visit.title('Sign in').waitFor();
  assert.equal(visit.page.url().replace(/#.*/, ''), `${closed}/`);
}

export async function aTokenThatIsTakenNoMoreLeadsToTheDoor(visitor, { closed }) {
  const visit = await signedIn(visitor, closed, 'operator', '/objects');
  visit.expects(/status of 401/);
  await visit.page.route('**/api/objects?*', (route) => route.fulfill({ status: 401, json: { title: 'Unauthorized' } }));
  await visit.sees('You are signed out, or your session has ended.');
  assert.equal(await visit.page.getByRole('navigation').isVisible(), false);
  await visit.page.unroute('**/api/objects?*');
  await visit.button('Sign in').click();
  await visit.page.locator('#operator').click();
  await visit.title('Objects').waitFor();
  assert.equal(visit.place, '#/objects');
}

/** Once for all who ask; that the issuer could not be reached a first time does not end the session. */
export async function aTokenIsRenewed(visitor, { closed }) {
  const visit = await visitor({ web: closed, place: '/objects' });
  visit.expects(/net::ERR_FAILED/);
  const renewals = [];
  let answer;
  await visit.page.route('**/token', async (route) => {
    const asked = new URLSearchParams(route.request().postData());
    if (asked.get('grant_type') === 'authorization_code') {
      const response = await route.fetch();
      answer = { response, json: { ...await response.json(), refresh_token: 'means', expires_in: SOON_S } };
      await route.fulfill(answer);
      return;
    }
    renewals.push(asked.get('refresh_token'));
    if (renewals.length === 1) await route.abort();
    else await route.fulfill({ ...answer, json: { ...answer.json, expires_in: 3600 } });
  });
  await visit.button('Sign in').click();
  await visit.page.locator('#operator').click();
  await until(() => renewals.length === 2);
  await visit.sees('No object has landed yet');
  await visit.link('Rows').click();
  await visit.choice('Feed').waitFor();
  assert.ok(await visit.button('Sign out').isVisible());
  assert.deepEqual(renewals, ['means', 'means']);
}

/** It is not asked for again; the token is good until it ends. */
export async function aRenewalThatIsRefusedEndsNothingYet(visitor, { closed }) {
  const visit = await visitor({ web: closed, place: '/objects' });
  visit.expects(/status of 40[01]/);
  let renewals = 0;
  await visit.page.route('**/token', async (route) => {
    if (new URLSearchParams(route.request().postData()).get('grant_type') === 'authorization_code') {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...await response.json(), refresh_token: 'means', expires_in: SOON_S } });
      return;
    }
    renewals += 1;
    await route.fulfill({ status: 400, json: { error: 'invalid_grant' } });
  });
  await visit.button('Sign in').click();
  await visit.page.locator('#operator').click();
  await visit.sees('No object has landed yet');
  await visit.link('Rows').click();
  await visit.choice('Feed').waitFor();
  assert.ok(await visit.button('Sign out').isVisible());
  assert.equal(renewals, 1);

  await visit.page.route('**/api/objects?*', (route) => route.fulfill({ status: 401, json: { title: 'Unauthorized' } }));
  await visit.goes('/objects');
  await visit.sees('You are signed out, or your session has ended.');
}

export async function whoMayNotIsTold(visitor, { closed }) {
  const visit = await signedIn(visitor, closed, 'viewer', '/upload');
  visit.expects(/status of 403/);
  await visit.page.locator('#files').setInputFiles({ name: 'mine.ndjson', mimeType: '', buffer: Buffer.from('{}') });
  await visit.button('Send 1 file').click();
  await visit.page.getByRole('alert').filter({ hasText: 'uploader' }).waitFor();
}

export async function anAnswerToSomebodyElseIsNotTaken(visitor, { closed }) {
  const visit = await visitor({ web: closed });
  await visit.title('Sign in').waitFor();
  let asked = 0;
  visit.page.on('request', (request) => { asked += request.url().endsWith('/token') ? 1 : 0; });
  await visit.page.goto(`${closed}/?code=stolen&state=guessed#/objects`);
  await visit.sees('Signing in did not work', 'The answer did not belong to this page. Try again.');
  assert.equal(asked, 0);
  await visit.page.goto(`${closed}/?error=access_denied&error_description=Call+this+number&state=guessed#/objects`);
  await visit.sees('Signing in did not work', 'The answer did not belong to this page. Try again.');
  assert.equal(await visit.page.getByText('Call this number').count(), 0);
  await visit.button('Try again').click();
  await until(() => new URL(visit.page.url()).search === '');
  await visit.title('Sign in').waitFor();
}

/** As a browser has it where the address is neither https nor this machine's. */
export async function withoutHttpsItIsSaidWhyNobodySignsIn(visitor, { closed }) {
  const visit = await visitor({ web: closed, place: '/nowhere' });
  await visit.title('Sign in').waitFor();
  await visit.page.addInitScript(() => Object.defineProperty(crypto, 'subtle', { value: undefined }));
  await visit.page.reload();
  await visit.page.getByRole('alert').filter({ hasText: 'Signing in needs https' }).waitFor();
  assert.equal(await visit.button('Sign in').count(), 0);
}

export async function theLiveTailNeedsASignInToo(visitor, { closed }) {
  const visit = await signedIn(visitor, closed, 'viewer', '/live');
  const opened = visit.page.waitForEvent('websocket');
  await visit.page.reload();
  await visit.button('Sign in').click();
  await visit.page.locator('#viewer').click();
  const socket = await opened;
  await visit.page.locator('.live.steady').waitFor();
  assert.deepEqual([...new URL(socket.url()).searchParams.keys()], ['ticket']);
}
