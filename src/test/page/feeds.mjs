import assert from 'node:assert/strict';

/** Also the banner: nobody is asked who they are, and that is said. */
export async function feedsAreSeenAtAGlance(visitor) {
  const visit = await visitor();
  await visit.sees('No sign-in: everyone on this machine may do everything');
  const card = visit.page.getByRole('article', { name: 'countries' });
  await card.getByText('1 failed').waitFor();
  await card.getByText('nothing waits').waitFor();
  await card.getByText('missing-column').waitFor();
  const chart = await card.getByRole('img').getAttribute('aria-label');
  assert.match(chart, /^249 rows in the last 60 minutes, at most 249 in one$/);

  await card.getByRole('link', { name: '1 failed' }).click();
  assert.equal(visit.place, '#/objects?feed=countries&state=failed');
  await visit.link('countries/wrong.csv').waitFor();
  await visit.page.goBack();
  await card.getByRole('link', { name: 'countries/wrong.csv' }).click();
  await visit.title('countries/wrong.csv').waitFor();
  await visit.sees('The header lacks the key column');
}

export async function theChartTellsEachMinute(visitor) {
  const visit = await visitor();
  const bars = visit.page.getByRole('article', { name: 'countries' }).locator('svg g');
  await bars.first().waitFor();
  assert.equal(await bars.count(), 60);
  const titles = await bars.locator('title').allTextContents();
  assert.equal(titles.filter((title) => /^\d\d:\d\d: 249 rows$/.test(title)).length, 1);
}

async function withActivity(visitor, activity) {
  const visit = await visitor({ place: '/nowhere' });
  await visit.page.route('**/api/feeds/countries/activity?*', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...await response.json(), ...activity } });
  });
  await visit.goes('/');
  const card = visit.page.getByRole('article', { name: 'countries' });
  await card.getByText('Last failure').waitFor();
  return card;
}

/** More objects than are looked at each time for rows by minute. */
export async function whatIsCountedInPartSaysSo(visitor) {
  const counts = { done: 1234567, waiting: 2000, failed: 3 };
  const minute = { minute: '2026-01-02T03:04:00Z', rows: 7, rejects: 0 };
  const some = await withActivity(visitor, { counts, backlog: 2000, rowsPerMinute: [minute, minute] });
  await some.getByRole('link', { name: '1,234,567 done', exact: true }).waitFor();
  await some.getByRole('link', { name: '3 failed', exact: true }).waitFor();
  await some.getByText('2,000 objects wait or are being read', { exact: true }).waitFor();
  await some.getByText('Rows per minute, last 2 minutes').waitFor();
  await some.getByText('Before, more objects were read than are added up each time.').waitFor();
  const none = await withActivity(visitor, { counts, backlog: 1, rowsPerMinute: [] });
  await none.getByText('More objects than are added up each time have been read in the present minute.').waitFor();
  await none.getByText('1 object waits or is being read', { exact: true }).waitFor();
  assert.equal(await none.getByRole('img').count(), 0);
}

export async function anUnknownPlaceLeadsBack(visitor) {
  const visit = await visitor({ place: '/nowhere/at/all' });
  await visit.link('Go to the feeds').click();
  await visit.title('Feeds').waitFor();
}
