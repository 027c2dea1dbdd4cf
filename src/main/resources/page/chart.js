/** Rows per minute as bars. */

import { h, svg } from './dom.js';
import { count, minute } from './format.js';
import { text } from './text.js';

const WIDTH = 600;
const HEIGHT = 100;

/**
 * @param minutes [{minute, rows, rejects}], the oldest first
 * @param asked how many were asked for; of earlier ones than those that came nobody knows all
 */
export function chart(minutes, asked) {
  if (minutes.length === 0) return h('p', { class: 'soft' }, text.chart.tooMany);
  const most = Math.max(0, ...minutes.map(({ rows, rejects }) => rows + rejects));
  const total = minutes.reduce((sum, { rows }) => sum + rows, 0);
  const step = WIDTH / minutes.length;
  const summary = most === 0 ? text.chart.nothing(minutes.length) : text.chart.summary(count(total), minutes.length, count(most));
  return h('figure', {},
    h('figcaption', { class: 'scale' }, h('span', {}, text.chart.title(minutes.length)), h('span', {}, most > 0 && text.chart.most(count(most)))),
    svg('svg', { class: 'chart', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': summary },
      minutes.map((one, i) => bar(one, i * step, step, (HEIGHT - 1) / Math.max(1, most))),
      most > 0 && svg('line', { x1: 0, x2: WIDTH, y1: 0, y2: 0, class: 'grid' }),
      svg('line', { x1: 0, x2: WIDTH, y1: HEIGHT, y2: HEIGHT, class: 'axis' })),
    h('p', { class: 'scale', 'aria-hidden': 'true' },
      h('span', {}, minute(minutes[0].minute)), h('span', {}, minute(minutes.at(-1).minute))),
    minutes.length < asked && h('p', { class: 'scale' }, text.chart.tooManyBefore));
}

function bar({ minute: at, rows, rejects }, x, step, scale) {
  const high = (value) => (value === 0 ? 0 : Math.max(2, value * scale));
  const width = step * 0.8;
  const top = HEIGHT - high(rows);
  return svg('g', {},
    svg('title', {}, text.chart.bar(minute(at), count(rows), rejects ? count(rejects) : '')),
    svg('rect', { x, y: 0, width: step, height: HEIGHT, class: 'reach' }),
    svg('rect', { x, y: top, width, height: high(rows), class: 'good' }),
    rejects > 0 && svg('rect', { x, y: top - high(rejects), width, height: high(rejects), class: 'worse' }));
}
