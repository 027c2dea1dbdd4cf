/** The pages of a list that were asked for, in one. */

import { get } from './api.js';

const USUAL = 50;

/**
 * @param path of the list
 * @returns {load, more, reset}: load looks at all pages again that were open, and answers {items, hasMore}
 */
export function pages(path, signal, limit = USUAL) {
  let wanted = 1;

  async function load(query) {
    const items = [];
    let cursor = '';
    for (let page = 0; page < wanted; page++) {
      const answer = await get(path, { ...query, limit, cursor }, signal);
      items.push(...answer.items);
      cursor = answer.cursor ?? '';
      if (!cursor) break;
    }
    return { items, hasMore: cursor !== '' };
  }

  return {
    load,
    more: () => { wanted += 1; },
    reset: () => { wanted = 1; },
  };
}
