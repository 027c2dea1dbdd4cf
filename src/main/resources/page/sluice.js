const LOOK_AGAIN_MS = 2000;

async function items(path) {
  const reply = await fetch(path, { headers: { accept: 'application/json' } });
  if (!reply.ok) throw new Error(`${path} answered ${reply.status}`);
  return (await reply.json()).items;
}

/** A table cell; what it shows is always text, never markup. */
function cell(content, className = '') {
  const td = document.createElement('td');
  td.className = className;
  td.append(content);
  return td;
}

function code(text) {
  const element = document.createElement('code');
  element.textContent = text;
  return element;
}

function link(text, path) {
  const a = document.createElement('a');
  a.href = path;
  a.textContent = text;
  return a;
}

function row(...cells) {
  const tr = document.createElement('tr');
  tr.append(...cells);
  return tr;
}

function feedRow(feed) {
  return row(
    cell(feed.name),
    cell(code(feed.match)),
    cell(feed.format),
    cell(feed.key.length ? feed.key.join(', ') : 'its place in the object'),
    cell(link('look', `api/feeds/${encodeURIComponent(feed.name)}/rows`)),
  );
}

function objectRow(object) {
  const state = object.reason ? `${object.state} (${object.reason})` : object.state;
  const error = object.firstError
    ? `line ${object.firstError.line}: ${object.firstError.message}`
    : object.message;
  return row(
    cell(link(object.key, `api/objects/${object.id}`)),
    cell(object.feed),
    cell(state, object.state),
    cell(object.rows.toLocaleString(), 'number'),
    cell(
      object.rejects ? link(object.rejects.toLocaleString(), `api/objects/${object.id}/rejects`) : '0',
      'number',
    ),
    cell(error),
    cell(new Date(object.updated).toLocaleString()),
  );
}

async function show() {
  const message = document.getElementById('message');
  try {
    const [feeds, objects] = await Promise.all([items('api/feeds'), items('api/objects')]);
    document.getElementById('feeds').replaceChildren(...feeds.map(feedRow));
    document.getElementById('objects').replaceChildren(...objects.map(objectRow));
    message.textContent = objects.length ? '' : 'No object has landed yet.';
  } catch (error) {
    message.textContent = `Sluice does not answer (${error.message}). Trying again.`;
  }
  setTimeout(show, LOOK_AGAIN_MS);
}

show();
