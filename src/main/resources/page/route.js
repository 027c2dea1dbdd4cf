/** Where the page is: the part of the address behind the number sign, as {path: ['objects', id], query: {state: 'done'}}. */

export function here() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  return {
    path: path.split('/').filter((part) => part !== '').map(decode),
    query: Object.fromEntries(new URLSearchParams(query)),
  };
}

/** An address typed by hand may be none. */
function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a place in the page. */
export function to(path, query = {}) {
  return `#/${path.map(encodeURIComponent).join('/')}${ask(query)}`;
}

/** A query's text; what is empty is left out. */
export function ask(query) {
  const set = Object.entries(query).filter(([, value]) => value !== '' && value != null);
  return set.length ? `?${new URLSearchParams(set)}` : '';
}

export function go(path, query) {
  location.hash = to(path, query);
}

/** Keeps filters in the address without leaving the place. */
export function filter(path, query) {
  history.replaceState(null, '', to(path, query));
}
