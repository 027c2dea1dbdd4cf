/** A list as a table, page after page. Roles are said aloud, since narrow screens lay the cells out otherwise. */

import { h, keep } from './dom.js';
import { text } from './text.js';

/**
 * @param caption for those who do not see where the table stands
 * @param columns [{name, show, className}]; show makes a cell's content of an item
 * @param more is called for the next page
 */
export function table(caption, columns, keyOf, more = null) {
  const body = h('tbody', { role: 'rowgroup' });
  const button = more && h('button', { type: 'button', class: 'more', hidden: true, click: more }, text.more);
  const element = h('div', { class: 'table' },
    h('table', { role: 'table', 'aria-label': caption },
      h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' },
        columns.map(({ name, className }) => h('th', { scope: 'col', role: 'columnheader', class: className }, name)))),
      body),
    button);

  function row(item) {
    return h('tr', { role: 'row' }, columns.map(({ name, show, className }) =>
      h('td', { role: 'cell', class: className, 'data-name': typeof name === 'string' ? name : null }, show(item))));
  }

  return {
    element,
    show(items, hasMore = false) {
      keep(body, items, keyOf, row);
      if (button) button.hidden = !hasMore;
    },
  };
}
