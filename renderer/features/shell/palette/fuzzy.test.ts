import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestOf, fuzzyScore, wordScore } from './fuzzy.ts';

const items = (...texts: string[]) => texts.map((text) => ({ text }));
const found = (typed: string, ...texts: string[]) => bestOf(typed, items(...texts), 40).map(({ text }) => text);

test('the whole comes before the beginning, a later word, the middle, and single letters', () => {
  expect(found('door', 'indoors', 'front door', 'd-o-o-r', 'doors', 'door', 'window')).toEqual([
    'door',
    'doors',
    'front door',
    'indoors',
    'd-o-o-r',
  ]);
});

test('the letters that words begin with are enough, and letters strewn anywhere are not', () => {
  expect([
    wordScore('ghd', 'greenhouse door') > 0,
    wordScore('gd', 'greenhouse door') > 0,
    wordScore('noe', 'greenhouse door'),
  ]).toEqual([true, true, -1]);
});

test('each word has to fit, in the text or in what else is known', () => {
  const device = { text: 'greenhouse-03', also: '10.0.0.3 berlin' };
  expect([fuzzyScore(['green', 'berlin'], device) > 0, fuzzyScore(['green', 'paris'], device), fuzzyScore([], device)]).toEqual([
    true,
    -1,
    0,
  ]);
});

test('no more come than asked for, and what fits alike keeps its order', () => {
  const many = Array.from({ length: 100 }, (_, index) => ({ text: `pump ${index}` }));
  expect(bestOf('pump', many, 3).map(({ text }) => text)).toEqual(['pump 0', 'pump 1', 'pump 2']);
});

test('a text that holds what was typed is always found', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9-]{0,12}$/), fc.stringMatching(/^[a-z0-9-]{1,12}$/), (before, word) => {
      expect(fuzzyScore([word], { text: `${before}${word}` })).toBeGreaterThan(0);
    }),
  );
});
