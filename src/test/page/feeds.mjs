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

export async function anUnknownPlaceLeadsBack(visitor) {
  const visit = await visitor({ place: '/nowhere/at/all' });
  await visit.link('Go to the feeds').click();
  await visit.title('Feeds').waitFor();
}
