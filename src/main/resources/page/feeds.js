/** The feeds as they are set; asked for once, since they change only when Sluice starts anew. */

import { get } from './api.js';

let asked = null;

export function feeds() {
  asked ??= get('api/feeds').then(({ items }) => items).catch((problem) => {
    asked = null;
    throw problem;
  });
  return asked;
}

/** Which feeds a file of that name could belong to. */
export function fitting(all, name) {
  return all.filter(({ match }) => last(match).test(name));
}

/** Whether objects lie in folders that the feed does not name. */
export function hasOpenFolder(glob) {
  return /[*?{].*\//.test(glob);
}

/** The part of the glob behind its last slash. */
function last(glob) {
  const part = glob.slice(glob.lastIndexOf('/') + 1);
  const pattern = part.replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*').replace(/\?/g, '.').replace(/\{[\w-]+\}/g, '.+').replace(/[{}]/g, '\\$&');
  return new RegExp(`^${pattern}$`);
}
