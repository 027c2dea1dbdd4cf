/** A record's bytes as they are: text where they are text, digits where they are not, and what is at fault marked. */

import { h } from './dom.js';
import { text } from './text.js';

/** So many bytes of a longer record are shown. */
const MOST = 4096;
/** So many of them before those at fault. */
const BEFORE = 1024;

/** @param reject of the API; one that was kept long ago has no place */
export function record({ text: kept, base64, at, cut }) {
  const bytes = bytesOf(kept, base64);
  const [begin, end] = shown(bytes, at);
  const line = h('code', { class: 'record' }, begin > 0 && more());
  let run = '';
  let marked = false;

  function flush() {
    if (run) line.append(marked ? mark(run) : run);
    run = '';
  }

  for (let i = begin; i < end;) {
    const length = character(bytes, i);
    const inside = at !== undefined && i >= at.from && i < at.to;
    if (inside !== marked) {
      flush();
      marked = inside;
    }
    if (isGap(at, i)) {
      flush();
      line.append(gap());
    }
    if (length === 0 || isControl(bytes[i])) {
      flush();
      line.append(strange(bytes[i]));
      i += 1;
    } else {
      run += new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(i, i + length));
      i += length;
    }
  }
  flush();
  if (isGap(at, bytes.length)) line.append(gap());
  if (cut || end < bytes.length) line.append(more());
  return line;
}

function bytesOf(kept, base64) {
  return base64 === undefined
    ? new TextEncoder().encode(kept ?? '')
    : Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

/** From the record's beginning if that shows what is at fault. */
function shown(bytes, at) {
  let begin = at === undefined || at.to <= MOST ? 0 : Math.max(0, at.from - BEFORE);
  // Not in the middle of a character.
  for (let i = 0; i < 3 && begin > 0 && (bytes[begin] & 0xc0) === 0x80; i++) begin -= 1;
  return [begin, Math.min(bytes.length, begin + MOST)];
}

/** Something is missing there. */
function isGap(at, i) {
  return at !== undefined && at.from === at.to && at.from === i;
}

function gap() {
  return h('mark', { class: 'gap', title: text.rejects.gap }, h('span', { class: 'unseen' }, text.rejects.gap));
}

function more() {
  return h('span', { class: 'soft' }, ' … ');
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
