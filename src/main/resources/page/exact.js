/** JSON whose numbers are shown digit by digit, also those that a browser's own numbers would round. */

/** A number by its digits. */
export class Digits {
  constructor(digits) {
    this.digits = digits;
  }

  toString() {
    return this.digits;
  }
}

export function exact(json) {
  return json === '' ? null : JSON.parse(json, keepDigits);
}

function keepDigits(name, value, context) {
  const source = context?.source;
  const rounded = typeof value === 'number' && source !== undefined && String(value) !== source;
  return rounded ? new Digits(source) : value;
}
