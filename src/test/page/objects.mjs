import assert from 'node:assert/strict';
import { ask, ndjson, send } from './partner.mjs';
import { until } from './visit.mjs';

export async function filtersStayInTheAddress(visitor) {
  const visit = await visitor({ place: '/objects' });
  await visit.link('places/cities.ndjson').waitFor();
  await visit.choice('Feed').selectOption('countries');
  await visit.choice('State').selectOption('failed');
  await visit.link('places/cities.ndjson').waitFor({ state: 'detached' });
  await visit.page.getByLabel('From').fill('2020-01-01T12:00');
  await until(() => visit.place === '#/objects?feed=countries&state=failed&from=2020-01-01T11%3A00%3A00.000Z');

  await visit.page.reload();
  await visit.link('countries/wrong.csv').waitFor();
  assert.equal(await visit.choice('Feed').inputValue(), 'countries');
  assert.equal(await visit.choice('State').inputValue(), 'failed');
  assert.equal(await visit.page.getByLabel('From').inputValue(), '2020-01-01T12:00');
  assert.equal(await visit.page.getByRole('row').count(), 2);

  await visit.page.getByLabel('From').fill('2040-01-01T12:00');
  await visit.sees('No object is like this', 'Change the filters to see others.');
}

export async function aNewObjectShowsUpByItself(visitor, { web }) {
  const visit = await visitor({ place: '/objects?feed=places' });
  await visit.link('places/cities.ndjson').waitFor();
  await send(web, 'places', 'fresh.ndjson', ndjson({ id: 'fresh' }));
  const row = visit.page.getByRole('row').filter({ hasText: 'places/fresh.ndjson' });
  await row.getByText('done').waitFor();
}

export async function anObjectTellsWhatBecameOfIt(visitor) {
  const visit = await visitor({ place: '/objects' });
  await visit.link('places/cities.ndjson').click();
  await visit.title('places/cities.ndjson').waitFor();
  const counts = visit.page.getByRole('region', { name: 'Counts' });
  assert.equal((await counts.getByRole('list').innerText()).replaceAll(/\s+/g, ' '), '6 records 2 rows 4 rejects 0 dropped');
  const first = visit.page.getByRole('region', { name: 'First error' });
  assert.match((await first.innerText()).replaceAll(/\s+/g, ' '), /Line 2 .*Column name .*Byte 68 .*Reason json/);
  const steps = visit.page.getByRole('region', { name: 'Timeline' }).getByRole('listitem');
  assert.deepEqual((await steps.allInnerTexts()).map((step) => step.split('\n')[0]), ['Noticed', 'Reading', 'Done']);
  await steps.last().locator('time').waitFor();
}

/** Of a name without quotes, a field's second value and bytes that are no text. */
export async function theOffendingBytesAreMarked(visitor) {
  const visit = await visitor({ place: '/objects' });
  await visit.link('places/cities.ndjson').click();
  const rejects = visit.page.getByRole('region', { name: 'Rejects' }).getByRole('listitem');
  await rejects.nth(3).waitFor();
  const marks = async (i) => (await rejects.nth(i).locator('mark').allTextContents())
    .map((mark) => mark.replace('at fault: ', '').replace(' (end of fault)', ''));
  assert.deepEqual(await marks(0), ['country']);
  assert.deepEqual(await marks(1), []);
  assert.deepEqual(await marks(2), ['"Cologne"']);
  assert.deepEqual(await marks(3), ['FC', 'FC']);
  assert.match(await rejects.nth(3).innerText(), /Line 5.*encoding/s);
}

const bad = (i, fields = {}) => ({
  line: i + 2, offset: 10 * i, reason: 'bad-type', column: 'n', message: 'The column \'n\' holds no number.', text: `${i},many`, cut: false, ...fields,
});

async function withRejects(visitor, web, object, rejects) {
  const { items } = await ask(web, '/api/objects?feed=places&limit=200');
  const one = items.find(({ key }) => key === 'places/cities.ndjson');
  const visit = await visitor({ place: '/nowhere' });
  const path = `**/api/objects/${one.id}`;
  await visit.page.route(path, (route) => route.fulfill({ json: { ...one, ...object() } }));
  await visit.page.route(`${path}/rejects?*`, (route) => {
    const query = new URL(route.request().url()).searchParams;
    const from = Number(query.get('cursor') ?? 0);
    const to = from + Number(query.get('limit'));
    const all = rejects();
    return route.fulfill({ json: { items: all.slice(from, to), cursor: to < all.length ? String(to) : undefined } });
  });
  await visit.goes(`/objects/${one.id}`);
  return { visit, list: visit.page.getByRole('region', { name: 'Rejects' }).getByRole('listitem') };
}

/** What is counted later is shown later; what was opened stays open. */
export async function rejectsComeAsTheObjectIsRead(visitor, { web }) {
  let number = 5;
  const reading = { state: 'reading', finished: undefined, started: '2026-01-02T03:04:05Z' };
  const object = () => ({ ...reading, ...(number === 300 ? { state: 'done', finished: '2026-01-02T03:05:05Z' } : {}), rejects: number });
  const { visit, list } = await withRejects(visitor, web, object, () => Array.from({ length: number }, (_, i) => bad(i)));
  await list.nth(4).waitFor();
  assert.equal(await list.count(), 5);
  assert.equal(await visit.button('Show more').count(), 0);
  number = 30;
  await visit.button('Show more').click();
  await list.nth(29).waitFor();
  number = 300;
  await visit.button('Show more').click();
  await list.nth(59).waitFor();
  assert.equal(await list.count(), 60);
  assert.ok(await visit.button('Show more').isVisible());
  number = 0;
  await visit.sees('No record was rejected.');
}

/** Where a field stands, in the midst of a long record, and where one is missing; an old reject has no place. */
export async function theBytesOfEachRejectAreMarked(visitor, { web }) {
  const long = `${'é'.repeat(5000)},here,${'x'.repeat(9000)}`;
  const all = [
    bad(0, { text: '1;"zwölf";3', at: { from: 2, to: 10 } }),
    bad(1, { text: long, at: { from: 10_001, to: 10_005 } }),
    bad(2, { text: ',2', at: { from: 0, to: 0 } }),
    bad(3, { text: '1,', at: { from: 2, to: 2 } }),
    bad(4, { text: `1,${'€'.repeat(3000)}`, at: { from: 2, to: 9002 } }),
    bad(5, { text: '1,old' }),
    bad(6, { text: undefined, base64: btoa('1,\xfc'), at: { from: 2, to: 3 } }),
  ];
  const { list } = await withRejects(visitor, web, () => ({ rejects: all.length }), () => all);
  await list.nth(6).waitFor();
  const marked = async (i) => (await list.nth(i).locator('mark').allTextContents())
    .map((mark) => mark.replace('at fault: ', '').replace(' (end of fault)', ''));
  assert.deepEqual(await marked(0), ['"zwölf"']);
  assert.deepEqual(await marked(1), ['here']);
  const shown = await list.nth(1).locator('code').last().textContent();
  assert.match(shown, /^ … é+,at fault: here/);
  assert.match(shown, /x … $/);
  assert.ok(shown.length < 4096, String(shown.length));
  assert.deepEqual(await marked(2), ['something is missing here']);
  assert.deepEqual(await marked(3), ['something is missing here']);
  assert.match((await marked(4))[0], /^€{1300,}$/);
  assert.deepEqual(await marked(5), []);
  assert.deepEqual(await marked(6), ['FC']);
}

/** Of CSV too, as Sluice finds them. */
export async function aFieldOfACsvFileIsMarked(visitor, { web }) {
  const id = await send(web, 'subdivisions', 'faults.csv', 'SUCountry,SUCode\nXX,\nXX,1,b\nXX,"2"c\n');
  await until(() => ask(web, `/api/objects/${id}`).catch(() => null).then((one) => one?.state === 'done'));
  const visit = await visitor({ place: `/objects/${id}` });
  const rejects = visit.page.getByRole('region', { name: 'Rejects' }).getByRole('listitem');
  await rejects.nth(2).waitFor();
  const marks = await rejects.locator('mark').allTextContents();
  assert.deepEqual(marks.map((mark) => mark.replace('at fault: ', '').replace(' (end of fault)', '')), ['something is missing here', 'b', 'c']);
}

export async function anObjectIsReadAgain(visitor, { web }) {
  const id = await send(web, 'places', 'again.ndjson', ndjson({ id: 'again' }));
  const path = `/api/objects/${id}`;
  const before = await until(() => ask(web, path).catch(() => null).then((one) => one?.state === 'done' && one));
  const visit = await visitor({ place: `/objects/${id}` });
  await visit.button('Read again').click();
  await visit.sees('The object will be read again.');
  await until(() => ask(web, path).then((one) => one.state === 'done' && one.started !== before.started));
  const time = visit.page.getByRole('region', { name: 'Timeline' }).locator('time').first();
  await until(async () => (await time.getAttribute('datetime')) !== before.started);
}

export async function chosenObjectsAreReadAgain(visitor, { web }) {
  for (const name of ['one', 'two']) await send(web, 'places', `chosen-${name}.ndjson`, ndjson({ id: name }));
  const visit = await visitor({ place: '/objects?feed=places&state=done' });
  const box = (name) => visit.page.getByLabel(`Choose places/chosen-${name}.ndjson`);
  await box('one').check();
  await visit.choice('State').selectOption('failed');
  await visit.page.getByText('Read again').waitFor({ state: 'hidden' });
  await visit.choice('State').selectOption('done');
  await box('one').waitFor();
  assert.equal(await box('one').isChecked(), false);

  for (const name of ['one', 'two']) await box(name).check();
  await visit.page.route('**/api/objects/replay', async (route) => {
    const [one, two] = route.request().postDataJSON().ids;
    await route.fulfill({ json: { items: [{ id: one, outcome: 'failed' }, { id: two, outcome: 'busy' }] } });
  });
  await visit.button('Read again (2)').click();
  await visit.sees('1 object is being read right now.', 'Of 1 object it could not be asked for; try again.');
  await visit.page.unroute('**/api/objects/replay');
  assert.deepEqual([await box('one').isChecked(), await box('two').isChecked()], [true, false]);
  await box('two').check();
  await visit.button('Read again (2)').click();
  await visit.sees('2 objects will be read again.');
  assert.equal(await visit.page.getByRole('checkbox', { checked: true }).count(), 0);
}
