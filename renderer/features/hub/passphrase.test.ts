import { expect, test } from 'vitest';
import { passphraseStrength } from './passphrase.ts';

test('Longer and more varied is stronger; the same character again is not', () => {
  const tried = [
    '',
    'seven77',
    'aaaaaaaaaaaaaaaaaaaaaaaa',
    'password',
    'greenhouse12',
    'correct horse battery staple',
    'pT4$kx9!vQ2#',
  ];
  expect(tried.map(passphraseStrength)).toEqual(['short', 'short', 'weak', 'weak', 'fair', 'strong', 'strong']);
});
