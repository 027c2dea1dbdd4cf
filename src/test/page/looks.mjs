// Every view at two widths in light and dark: nothing scrolls sideways, a picture is kept, and axe finds nothing
// serious; that is slow, so it looks at each width and each scheme once.

import { ask, letterOf, ndjson, send } from './partner.mjs';
import { until } from './visit.mjs';

async function views(web) {
  const { items } = await ask(web, '/api/objects?feed=places&limit=200');
  const { id } = items.find(({ key }) => key === 'places/cities.ndjson');
  const letter = await letterOf(web, 'poison-look');
  return [
    ['feeds', '/', '.chart >> nth=2'],
    ['objects', '/objects', 'text=places/cities.ndjson'],
    ['object', `/objects/${id}`, 'mark >> nth=3'],
    ['rows', '/rows/countries?prefix=DE', 'text=DEU'],
    ['row', '/rows/places/berlin', '.live.steady'],
    ['live', '/live', '.live.steady'],
    ['letters', '/letters', 'text=consumer failed'],
    ['letter', `/letters/${letter.id}`, 'pre'],
    ['upload', '/upload', 'text=countries/*.csv*'],
  ];
}

const look = (width, scheme, withAxe) => async (visitor, { web }) => {
  const all = await views(web);
  const visit = await visitor({ width, scheme });
  for (const [name, place, shown] of all) {
    await visit.goes(place);
    await visit.page.locator(shown).first().waitFor();
    await visit.fitsTheScreen(`${name} at ${width}`);
    await visit.picture(`${name}-${width}-${scheme}`);
    if (withAxe) await visit.isAccessible(name);
  }
};

/** What is there for a moment only, in the light or in the dark. */
const passing = (scheme) => async (visitor, { web, closed }) => {
  const door = await visitor({ scheme, web: closed });
  await door.title('Sign in').waitFor();
  await door.isAccessible('the door');

  const visit = await visitor({ scheme });
  const letter = await letterOf(web, 'poison-look');
  await visit.goes(`/letters/${letter.id}`);
  await visit.title('consumer failed').waitFor();
  await visit.button('Discard').click();
  await visit.page.getByRole('dialog').waitFor();
  await visit.isAccessible('a dialog');
  await visit.page.keyboard.press('Escape');

  await visit.goes('/objects?state=missing');
  await visit.sees('No object is like this');
  await visit.isAccessible('nothing');

  visit.expects(/status of 503/);
  await visit.page.route('**/api/letters?*', (route) => route.fulfill({ status: 503, json: { title: 'Service unavailable', detail: 'Busy.' } }));
  await visit.goes('/letters');
  await visit.page.getByRole('alert').waitFor();
  await visit.isAccessible('a failure');

  const key = `passing-${scheme}`;
  for (const place of ['/live?feed=places', `/rows/places/${key}`]) {
    await send(web, 'places', `${key}.ndjson`, ndjson({ id: key, place, words: 'many words '.repeat(300) }));
    await until(() => ask(web, `/api/feeds/places/rows/${key}`).catch(() => null).then((row) => row?.data.place === place));
    await visit.goes(place);
    await visit.page.locator('.live.steady').waitFor();
    await send(web, 'places', `${key}-2.ndjson`, ndjson({ id: key, place: 'another', words: 'other words '.repeat(300) }));
    await visit.page.locator('ins').first().waitFor();
    await visit.isAccessible(`changes at ${place}`);
  }

  await visit.goes('/upload');
  await visit.page.route((url) => !url.href.startsWith(web), (route) => (route.request().url().includes('held') ? null : route.abort()));
  visit.expects(/net::ERR_FAILED/);
  await visit.page.locator('#files').setInputFiles(['held', 'refused', 'which.csv', 'chosen'].map((name) => (
    { name: name.includes('.') ? name : `${name}.ndjson`, mimeType: '', buffer: Buffer.from(ndjson({ id: name })) })));
  await visit.button('Send 3 files').waitFor();
  await visit.isAccessible('files chosen');
  await visit.button('Take off the list: chosen.ndjson').click();
  await visit.button('Send 2 files').click();
  await visit.button('Cancel: held.ndjson').waitFor();
  await visit.sees('The bucket could not be reached');
  await visit.isAccessible('transfers under way');
};

export const onTheWay = passing('light');
export const onTheWayInTheDark = passing('dark');

export const onADesk = look(1280, 'light', true);
export const onADeskInTheDark = look(1280, 'dark', false);
export const onAPhone = look(390, 'light', false);
export const onAPhoneInTheDark = look(390, 'dark', true);
