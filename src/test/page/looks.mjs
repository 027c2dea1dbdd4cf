// Every view at two widths in light and dark: nothing scrolls sideways, a picture is kept, and axe finds nothing
// serious; that is slow, so it looks at each width and each scheme once.

import { ask, letterOf } from './partner.mjs';

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

export const onADesk = look(1280, 'light', true);
export const onADeskInTheDark = look(1280, 'dark', false);
export const onAPhone = look(390, 'light', false);
export const onAPhoneInTheDark = look(390, 'dark', true);
