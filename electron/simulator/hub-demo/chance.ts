import { createHash } from 'node:crypto';

/** A number from 0 up to 1 that is always the same for the same words, so that a fleet is the same every time. */
export function chance(...words: readonly (string | number)[]): number {
  return createHash('sha256').update(words.join(' ')).digest().readUInt32BE(0) / 0x1_0000_0000;
}

/** Hex digits that follow from the words. */
export function hexOf(digits: number, ...words: readonly (string | number)[]): string {
  return createHash('sha256').update(words.join(' ')).digest('hex').slice(0, digits);
}
