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
  await cut();
  await visit.sees('connecting again');
  await isLive(visit);
  assert.equal(tickets, 2);
  await send(web, 'places', 'bridges.ndjson', ndjson({ id: 'arch' }, { id: 'bridge' }));
  await tail(visit).filter({ hasText: 'bridge' }).waitFor();
  assert.equal(await tail(visit).count(), 1);
}

/** As the server tells of them; how it counts them is tested there. */
export async function whatCouldNotBeShownIsCounted(visitor) {
  const visit = await visitor();
  await visit.page.routeWebSocket(/\/live\?ticket=/, (socket) => {
    const change = { id: '1', feed: 'places', key: 'k', kind: 'inserted', time: new Date().toISOString(), omitted: 'data' };
    socket.onMessage(() => socket.send(JSON.stringify({ changes: [change], dropped: 41 })));
  });
  await visit.goes('/live');
  await visit.sees('41 changes not shown: too many at once', 'The row is too large to be shown here');
}
