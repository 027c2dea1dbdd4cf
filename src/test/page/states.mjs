import assert from 'node:assert/strict';

const EMPTY = { json: { items: [] } };

async function answering(visitor, pattern, answer, place) {
  const visit = await visitor({ place: '/nowhere' });
  await visit.page.route(pattern, answer);
  await visit.goes(place);
  return visit;
}

export async function whatIsLoadingSaysSo(visitor) {
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  const visit = await answering(visitor, '**/api/objects?*', async (route) => {
    await held;
    await route.continue();
  }, '/objects');
  await visit.sees('Loading…');
  letGo();
  await visit.link('places/cities.ndjson').waitFor();
  await visit.seesNo('Loading…');
}

export async function whereNothingIsTheNextStepIsSaid(visitor) {
  const empty = (pattern, place) => answering(visitor, pattern, (route) => route.fulfill(EMPTY), place);
  const objects = await empty('**/api/objects?*', '/objects');
  await objects.sees('No object has landed yet');
  await objects.link('Upload a file').click();
  await objects.title('Upload').waitFor();
  await (await empty('**/api/letters?*', '/letters')).sees('No dead letters', 'There is nothing to do.');
  await (await empty('**/rows?*', '/rows/places')).sees('This feed has no rows yet', 'Upload a file');
  await (await empty('**/api/feeds', '/')).sees('No feed is set', 'Name one under sluice.feeds');
}

/** What was seen before stays, and the page comes back by itself. */
export async function aFailureIsToldAndPasses(visitor) {
  const visit = await visitor({ place: '/objects' });
  visit.expects(/status of 503/);
  await visit.link('places/cities.ndjson').waitFor();
  await visit.page.route('**/api/objects?*', (route) => route.fulfill({
    status: 503, contentType: 'application/problem+json', json: { title: 'Service unavailable', detail: 'The ledger is busy.' },
  }));
  await visit.page.getByRole('alert').filter({ hasText: 'Service unavailable' }).waitFor();
  await visit.sees('The ledger is busy.', 'Trying again by itself.');
  assert.ok(await visit.link('places/cities.ndjson').isVisible());
  await visit.page.unroute('**/api/objects?*');
  await visit.seesNo('Service unavailable');
}

export async function aServerThatIsGoneIsTold(visitor) {
  const visit = await answering(visitor, '**/api/letters?*', (route) => route.abort(), '/letters');
  visit.expects(/net::ERR_FAILED/);
  await visit.sees('Sluice does not answer', 'Check the network, or whether the app still runs.');
}

export async function aGatewaysOwnErrorIsNoPage(visitor) {
  const visit = await answering(visitor, '**/rows?*', (route) => route.fulfill({ status: 502, body: '<h1>Bad gateway</h1>' }), '/rows/places');
  visit.expects(/status of 502/);
  await visit.sees('Sluice answered 502');
  await visit.page.unroute('**/rows?*');
  await visit.button('Try again').click();
  await visit.link('berlin').waitFor();
}

export async function whatIsNotThereIsTold(visitor) {
  const visit = await visitor({ place: '/rows/places/never%2Fthere' });
  visit.expects(/status of 404/);
  await visit.page.getByRole('alert').waitFor();
  await visit.title('never/there').waitFor();
}
