/** Which bytes of a record are at fault, as far as its reject tells: [from, to), or null where it is none in particular. */

const text = new TextDecoder();
const WORD = /[\w.+-]/;

export function bytesOf({ text: kept, base64 }) {
  return base64 === undefined
    ? new TextEncoder().encode(kept ?? '')
    : Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

export function atFault(reject, bytes) {
  const whole = text.decode(bytes);
  switch (reject.reason) {
    case 'encoding':
      return fromByte(reject, bytes);
    case 'json':
      return inBytes(whole, fromColumn(reject, whole) ?? member(reject, whole));
    case 'duplicate-column':
      return inBytes(whole, member(reject, whole, whole.lastIndexOf(JSON.stringify(reject.column))));
    case 'quotes':
      return inBytes(whole, openQuote(whole));
    case 'field-count':
      return [0, bytes.length];
    default:
      return inBytes(whole, member(reject, whole));
  }
}

/** Sluice says at which byte a text ends to be one; which bytes are none is seen where they are shown. */
function fromByte({ message }, bytes) {
  const at = /\bbyte (\d+)/.exec(message);
  return at && Number(at[1]) <= bytes.length ? [Number(at[1]) - 1, Number(at[1])] : null;
}

/** JSON's reader says where it could not go on; of a word the whole of it. */
function fromColumn({ message }, whole) {
  const at = /\bcolumn (\d+) of its line (\d+)/.exec(message);
  if (!at) return null;
  const lines = whole.split('\n');
  const before = lines.slice(0, Number(at[2]) - 1).reduce((sum, line) => sum + line.length + 1, 0);
  let from = Math.max(0, Math.min(whole.length, before + Number(at[1])) - 1);
  let to = from + 1;
  if (WORD.test(whole[from] ?? '')) {
    while (from > 0 && WORD.test(whole[from - 1])) from -= 1;
    while (to < whole.length && WORD.test(whole[to])) to += 1;
  }
  return [from, to];
}

/** The value of a JSON object's member. */
function member({ column }, whole, name = whole.indexOf(JSON.stringify(column))) {
  if (!column || name < 0 || !/^\s*\{/.test(whole)) return null;
  const from = /^\s*:\s*/.exec(whole.slice(name + JSON.stringify(column).length));
  if (!from) return null;
  const begin = name + JSON.stringify(column).length + from[0].length;
  return [begin, begin + valueLength(whole.slice(begin))];
}

function valueLength(rest) {
  const simple = /^"(?:[^"\\]|\\.)*"|^[^\s,{}[\]]+/.exec(rest);
  if (simple) return simple[0].length;
  let depth = 0;
  for (let i = 0; i < rest.length; i++) {
    if ('{['.includes(rest[i])) depth += 1;
    if ('}]'.includes(rest[i])) depth -= 1;
    if (depth === 0) return i + 1;
  }
  return rest.length;
}

/** From the quote on that nothing closes, else from the closing one that something follows. */
function openQuote(whole) {
  let open = -1;
  for (let i = 0; i < whole.length; i++) {
    if (whole[i] !== '"') continue;
    if (open < 0) open = i;
    else if (whole[i + 1] === '"') i += 1;
    else if (i + 1 < whole.length && /[\p{L}\p{N} ]/u.test(whole[i + 1])) return [i, i + 2];
    else open = -1;
  }
  return open < 0 ? null : [open, whole.length];
}

function inBytes(whole, range) {
  if (!range) return null;
  const encoder = new TextEncoder();
  const from = encoder.encode(whole.slice(0, range[0])).length;
  return [from, from + encoder.encode(whole.slice(range[0], range[1])).length];
}
