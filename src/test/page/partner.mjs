// Whoever sends files without looking at the page.

export async function ask(web, path) {
  const reply = await fetch(web + path);
  if (!reply.ok) throw new Error(`${path} was answered ${reply.status}`);
  return reply.json();
}

/** Sends a file to a feed of the app that asks nobody who they are; @returns the object's id. */
export async function send(web, feed, name, content) {
  const body = Buffer.from(content);
  const permission = await (await fetch(`${web}/api/objects`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ feed, name, size: body.length }),
  })).json();
  const { 'content-length': _, ...headers } = permission.headers;
  const reply = await fetch(permission.url, { method: permission.method, headers, body });
  if (!reply.ok) throw new Error(`The bucket answered ${reply.status}`);
  return permission.id;
}

export function ndjson(...rows) {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** The letter of a row that a consumer has not taken. Others may be sent again meanwhile, and gone. */
export async function letterOf(web, key) {
  const { items } = await ask(web, '/api/letters?reason=consumer-failed');
  for (const { id } of items) {
    const letter = await ask(web, `/api/letters/${id}`).catch(() => null);
    if (letter && JSON.stringify(letter.input).includes(key)) return letter;
  }
  throw new Error(`No letter is about ${key}`);
}
