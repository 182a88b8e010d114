/** A number whose plain form would be this long is refused: pvr would write it out digit by digit. */
export const maxNumberDigits = 10_000;

/** A number can't be written in canonical form within reason: its exponent is too large to be written out digit by digit. */
export class CanonicalNumberError extends Error {
  constructor(literal: string) {
    const shown = literal.length > 40 ? `${literal.slice(0, 40)}…` : literal;
    super(`the number ${shown} has an exponent too large to be written out digit by digit`);
    this.name = 'CanonicalNumberError';
  }
}

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/**
 * The canonical form of a JSON number literal, from its digits and never through a double: zero is `0`, integers are plain
 * digits, everything else is `d.dE<exp>` (canonicaljson-go 1.0.3, as pvr and the hub use it). Throws CanonicalNumberError.
 */
export function canonicalNumber(literal: string): string {
  if (/^[1-9]\d*$/.test(literal)) return literal;
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = NUMBER.exec(literal) ?? [];
  const padded = whole + fraction;
  const digits = trimZeros(padded);
  if (digits.text === '') return '0';
  const exponent = Number(exponentText);
  const point = whole.length - digits.leading + exponent;
  if (!Number.isSafeInteger(exponent) || point > maxNumberDigits) throw new CanonicalNumberError(literal);
  if (point >= digits.text.length) return sign + digits.text.padEnd(point, '0');
  return `${sign}${digits.text[0]}.${digits.text.slice(1) || '0'}E${point - 1}`;
}

function trimZeros(digits: string): { readonly text: string; readonly leading: number } {
  let first = 0;
  let last = digits.length;
  while (first < last && digits[first] === '0') first += 1;
  while (last > first && digits[last - 1] === '0') last -= 1;
  return { text: digits.slice(first, last), leading: first };
}
