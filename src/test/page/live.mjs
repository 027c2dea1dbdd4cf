import assert from 'node:assert/strict';
import { ndjson, send } from './partner.mjs';
import { until } from './visit.mjs';

const tail = (visit) => visit.page.getByRole('list', { name: 'Live changes' }).getByRole('listitem');
const isLive = (visit) => visit.page.locator('.live.steady').waitFor();

export async function theTailIsFilteredByFeedAndKey(visitor, { web }) {
  const visit = await visitor({ place: '/live' });
  await isLive(visit);
  await visit.choice('Feed').selectOption('places');
  await visit.page.getByLabel('Key is').fill('lake');
  await until(() => visit.place === '#/live?feed=places&key=lake');
  await visit.page.reload();
  await isLive(visit);
  assert.equal(await visit.page.getByLabel('Key is').inputValue(), 'lake');

  await send(web, 'places', 'lakes.ndjson', ndjson({ id: 'pond', deep: 1 }, { id: 'lake', deep: 30 }, { id: 'sea', deep: 99 }));
  await tail(visit).filter({ hasText: 'lake' }).waitFor();
  assert.deepEqual(await tail(visit).locator('.key').allInnerTexts(), ['lake']);
  await tail(visit).getByRole('link', { name: 'lake' }).click();
  await visit.title('lake').waitFor();
}

export async function aPauseHoldsChangesBack(visitor, { web }) {
  const visit = await visitor({ place: '/live?feed=places&key=river' });
  await isLive(visit);
  await visit.sees('No change since you came here');
  await visit.button('Pause').click();
  await send(web, 'places', 'rivers.ndjson', ndjson({ id: 'river', long: 1 }));
  await visit.sees('1 change held back');
  assert.equal(await tail(visit).count(), 0);

  await visit.button('Resume').click();
  await tail(visit).filter({ hasText: 'river' }).waitFor();
  await visit.seesNo('1 change held back');
  await visit.button('Clear').click();
  await visit.sees('No change since you came here');
}

/** With a new ticket, and the filter as it was. */
export async function aLostConnectionComesBack(visitor, { web }) {
  const visit = await visitor();
  let cut;
  await visit.page.routeWebSocket(/\/live\?ticket=/, (socket) => {
    socket.connectToServer();
    cut = () => socket.close({ code: 1001 });
  });
  let tickets = 0;
  visit.page.on('request', (request) => { tickets += request.url().endsWith('/api/live/ticket') ? 1 : 0; });
  await visit.goes('/live?feed=places&key=bridge');
  await isLive(visit);
  // What is said for less than a second can be missed by whoever looks at it from here.
  const said = await visit.page.evaluateHandle(() => {
    const all = [];
    const status = document.querySelector('.live.steady');
    new MutationObserver(() => all.push(status.textContent)).observe(status, { childList: true });
    return all;
  });
  await cut();
  await until(() => said.evaluate((all) => all.some((one) => one.includes('connecting again'))));
  await isLive(visit);
  assert.equal(tickets, 2);
  await send(web, 'places', 'bridges.ndjson', ndjson({ id: 'arch' }, { id: 'bridge' }));
  await tail(visit).filter({ hasText: 'bridge' }).waitFor();
  assert.equal(await tail(visit).count(), 1);
}

/** Of two filters on their way either could be the last. */
export async function oneFilterIsSetAtATime(visitor) {
  const visit = await visitor();
  const asked = [];
  const sockets = [];
  await visit.page.routeWebSocket(/\/live\?ticket=/, (socket) => {
    sockets.push(socket);
    socket.onMessage((message) => asked.push(message));
  });
  await visit.goes('/live');
  await until(() => asked.length === 1);
  for (const key of ['one', 'two']) {
    await visit.page.getByLabel('Key is').fill(key);
    await until(() => visit.place === `#/live?key=${key}`);
  }
  assert.deepEqual(asked, ['{}']);
  sockets[0].send(asked[0]);
  await until(() => asked.length === 2);
  assert.equal(asked[1], '{"key":"two"}');
  assert.equal(await visit.page.locator('.live.steady').count(), 0);

  sockets[0].send('{"status":410,"detail":"Connect again."}');
  await until(() => asked.length === 3);
  assert.equal(asked[2], '{"key":"two"}');
  sockets[1].send(asked[2]);
  await isLive(visit);
}

export async function whyNothingIsHeardIsTold(visitor) {
  const visit = await visitor();
  visit.expects(/status of 403/);
  await visit.page.route('**/api/live/ticket', (route) => route.fulfill({
    status: 403, contentType: 'application/problem+json', json: { title: 'Forbidden', detail: 'It takes the role viewer.' },
  }));
  await visit.goes('/live');
  await visit.page.getByRole('alert').filter({ hasText: 'It takes the role viewer.' }).waitFor();
  await visit.page.unroute('**/api/live/ticket');
  await isLive(visit);
  assert.equal(await visit.page.getByRole('alert').count(), 0);
}

/** As the server tells of them; how it counts them is tested there. */
export async function whatCouldNotBeShownIsCounted(visitor) {
  const visit = await visitor();
  await visit.page.routeWebSocket(/\/live\?ticket=/, (socket) => {
    const change = { id: '1', feed: 'places', key: 'k', kind: 'inserted', time: new Date().toISOString(), omitted: 'data' };
    const less = { ...change, id: '2', kind: 'modified', omitted: 'before', after: { size: 7 } };
    const same = JSON.stringify({ ...change, id: '3', kind: 'modified', omitted: undefined });
    // A number that is kept digit by digit is no text.
    const exact = same.replace(/\}$/, ',"before":{"depth":1.0},"after":{"depth":"1.0"}}');
    socket.onMessage(() => socket.send(`{"changes":[${JSON.stringify(change)},${JSON.stringify(less)},${exact}],"dropped":41}`));
  });
  await visit.goes('/live');
  await visit.sees('41 changes not shown: too many at once', 'The row is too large to be shown here', 'What the row was before is too large');
  assert.deepEqual(await tail(visit).locator('dt').allInnerTexts(), ['depth', 'size']);
  assert.deepEqual(await tail(visit).locator('ins').allInnerTexts(), ['1.0']);
}
