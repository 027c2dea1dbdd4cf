/** A record's bytes as they are: text where they are text, digits where they are not, and what is at fault marked. */

import { h } from './dom.js';
import { text } from './text.js';

/** Longer records are shown up to here. */
const MOST = 4096;

/** @param fault [from, to) of the bytes, or null */
export function record(bytes, fault, cut) {
  const shown = bytes.subarray(0, MOST);
  const line = h('code', { class: 'record' });
  let run = '';
  let marked = false;

  function flush() {
    if (run) line.append(marked ? mark(run) : run);
    run = '';
  }

  for (let i = 0; i < shown.length;) {
    const length = character(shown, i);
    const inside = fault !== null && i >= fault[0] && i < fault[1];
    if (inside !== marked) {
      flush();
      marked = inside;
    }
    if (length === 0 || isControl(shown[i])) {
      flush();
      line.append(strange(shown[i]));
      i += 1;
    } else {
      run += new TextDecoder().decode(shown.subarray(i, i + length));
      i += length;
    }
  }
  flush();
  if (cut || bytes.length > MOST) line.append(h('span', { class: 'soft' }, ' …'));
  return line;
}

function mark(content) {
  return h('mark', {}, h('span', { class: 'unseen' }, text.rejects.faultBegins), content, h('span', { class: 'unseen' }, text.rejects.faultEnds));
}

/** A byte that is no text, as its two digits. */
function strange(byte) {
  const digits = byte.toString(16).toUpperCase().padStart(2, '0');
  return h('mark', { class: 'byte', title: text.rejects.byte(digits) }, digits);
}

function isControl(byte) {
  return (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) || byte === 0x7f;
}

/** How many bytes the character has that begins there; 0 if none does (Unicode 16, table 3-7). */
function character(bytes, i) {
  const lead = bytes[i];
  if (lead < 0x80) return 1;
  const length = lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(i, i + length));
    return length > 0 && i + length <= bytes.length ? length : 0;
  } catch {
    return 0;
  }
}
