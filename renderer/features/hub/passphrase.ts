import { shortestPassphrase } from '../../../shared/contract/hub.ts';

export type PassphraseStrength = 'short' | 'weak' | 'fair' | 'strong';

/** Bits of a guess: what a passphrase of so many different characters could be. Repeated ones add little. */
const fairBits = 50;
const strongBits = 75;

/** A word for how hard a passphrase is to guess, from its length and the kinds of its characters. It knows no dictionary. */
export function passphraseStrength(text: string): PassphraseStrength {
  if (text.length < shortestPassphrase) return 'short';
  const kinds: readonly (readonly [RegExp, number])[] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/[0-9]/, 10],
    [/[^a-zA-Z0-9]/, 32],
  ];
  const alphabet = kinds.reduce((sum, [kind, size]) => (kind.test(text) ? sum + size : sum), 0);
  const different = new Set(text).size;
  const counted = Math.min(text.length, different * 2);
  const bits = counted * Math.log2(alphabet);
  if (bits < fairBits) return 'weak';
  return bits < strongBits ? 'fair' : 'strong';
}
