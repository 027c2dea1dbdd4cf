import assert from 'node:assert/strict';
import { letterOf } from './partner.mjs';
import { until } from './visit.mjs';

async function opened(visitor, web, key) {
  const { id } = await letterOf(web, key);
  const visit = await visitor({ place: '/letters' });
  await visit.page.locator(`a[href="#/letters/${id}"]`).click();
  await visit.title('consumer failed').waitFor();
  await visit.sees('processChanges/picky');
  return { visit, gone: () => until(async () => (await fetch(`${web}/api/letters/${id}`)).status === 404) };
}

export async function aLetterIsSentAgain(visitor, { web }) {
  const { visit, gone } = await opened(visitor, web, 'poison-again');
  const input = visit.page.getByRole('region', { name: 'What failed' });
  assert.match(await input.innerText(), /poison-again/);
  await visit.button('Send again').click();
  await visit.sees('It is on its way again.');
  await visit.title('Dead letters').waitFor();
  await gone();
}

export async function aLetterIsDiscardedWithAReason(visitor, { web }) {
  const { visit, gone } = await opened(visitor, web, 'poison-discard');
  await visit.button('Discard').click();
  const dialog = visit.page.getByRole('dialog', { name: 'Discard this letter?' });
  await dialog.getByRole('button', { name: 'Discard' }).click();
  assert.equal(await dialog.getByLabel('Why').evaluate((field) => field.validity.valueMissing), true);
  await dialog.getByLabel('Why').fill('a trial');
  visit.expects(/status of 503/);
  await visit.page.route('**/api/letters/*?because=*', (route) => route.fulfill({ status: 503, json: { title: 'Service unavailable' } }));
  await dialog.getByRole('button', { name: 'Discard' }).click();
  await dialog.getByRole('alert').filter({ hasText: 'Service unavailable' }).waitFor();
  assert.equal(await dialog.getByLabel('Why').inputValue(), 'a trial');
  await visit.page.unroute('**/api/letters/*?because=*');
  await dialog.getByRole('button', { name: 'Discard' }).click();
  await visit.sees('The letter was discarded.');
  await visit.title('Dead letters').waitFor();
  await gone();
}

export async function lettersAreFilteredByReason(visitor) {
  const visit = await visitor({ place: '/letters' });
  await visit.link('consumer failed').first().waitFor();
  await visit.page.getByLabel('Reason').fill('Bad record');
  await visit.sees('No letter has this reason');
  assert.equal(visit.place, '#/letters?reason=bad-record');
  await visit.page.reload();
  await visit.sees('No letter has this reason');
}
