import assert from 'node:assert/strict';
import { ask, ndjson, send } from './partner.mjs';
import { until } from './visit.mjs';

/** The row's first change may be told late, after the page has come. */
const modified = (visit) =>
  visit.page.getByRole('list', { name: 'Live changes' }).getByRole('listitem').filter({ hasText: 'modified' });

export async function rowsAreFoundByHowTheirKeyBegins(visitor) {
  const visit = await visitor({ place: '/rows/countries' });
  await visit.link('AFG').waitFor();
  await visit.button('Show more').click();
  await visit.link('COL').waitFor();
  await visit.page.getByLabel('Key begins with').fill('DE');
  await visit.link('AFG').waitFor({ state: 'detached' });
  await visit.link('DEU').waitFor();
  assert.equal(visit.place, '#/rows/countries?prefix=DE');

  await visit.page.reload();
  await visit.link('DEU').waitFor();
  assert.equal(await visit.page.getByRole('row').count(), 2);
  await visit.page.getByLabel('Key begins with').fill('de');
  await visit.sees('No key begins with “de”', 'Capitals matter.');

  await visit.choice('Feed').selectOption('places');
  await visit.link('berlin').click();
  await visit.title('berlin').waitFor();
  await visit.sees('3755251');
  await visit.link('places/cities.ndjson', false).click();
  await visit.title('places/cities.ndjson').waitFor();
}

/** Whatever a file holds. */
export async function markupIsShownAsText(visitor, { web }) {
  const markup = '<img src="x" onerror="document.title=1">';
  await send(web, 'places', 'markup.ndjson', ndjson({ id: markup, text: markup }));
  await until(() => ask(web, `/api/feeds/places/rows/${encodeURIComponent(markup)}`).catch(() => null));
  const visit = await visitor({ place: '/rows/places?prefix=%3C' });
  await visit.link(markup).click();
  await visit.title(markup).waitFor();
  await visit.page.getByRole('region', { name: 'Fields' }).getByText(markup).first().waitFor();
  await visit.page.locator('.live.steady').waitFor();
  await send(web, 'places', 'markup-2.ndjson', ndjson({ id: markup, text: `${markup}!` }));
  assert.equal(await modified(visit).locator('ins').innerText(), `${markup}!`);
  assert.equal(await visit.page.locator('main img').count(), 0);
}

export async function aRowStaysWhileItCannotBeLookedAtAgain(visitor) {
  const visit = await visitor({ place: '/rows/places/berlin' });
  visit.expects(/status of 503/);
  await visit.sees('3755251');
  await visit.page.locator('.live.steady').waitFor();
  let looks = 0;
  await visit.page.route('**/rows/berlin', (route) => {
    looks += 1;
    return route.fulfill({ status: 503, json: { title: 'Service unavailable' } });
  });
  await visit.page.clock.install();
  await until(async () => {
    await visit.page.clock.fastForward(31_000);
    return looks >= 3;
  });
  await visit.page.getByRole('alert').filter({ hasText: 'Service unavailable' }).waitFor();
  assert.ok(await visit.page.getByText('3755251').isVisible());
}

/** Digits that a browser's own numbers do not hold, too. */
export async function aRowShowsItsChangesAsTheyArrive(visitor, { web }) {
  const row = '/api/feeds/places/rows/tower';
  await send(web, 'places', 'tower.ndjson', '{"id":"tower","height":12345678901234567890,"of":"stone"}\n');
  await until(() => ask(web, row).catch(() => null));
  const visit = await visitor({ place: '/rows/places/tower' });
  await visit.sees('12345678901234567890');
  await visit.page.locator('.live.steady').waitFor();

  await send(web, 'places', 'tower-2.ndjson', '{"id":"tower","height":12345678901234567891,"of":"stone"}\n');
  const change = modified(visit);
  assert.equal(await change.locator('.kind').innerText(), 'modified');
  assert.equal(await change.locator('del').innerText(), '12345678901234567890');
  assert.equal(await change.locator('ins').innerText(), '12345678901234567891');
  await visit.page.getByRole('region', { name: 'Fields' }).getByText('12345678901234567891').waitFor();

  await send(web, 'places', 'others.ndjson', ndjson({ id: 'other tower' }, { id: 'tower', height: 1 }));
  await change.nth(1).waitFor();
  assert.equal(await visit.page.getByText('other tower').count(), 0);
}
