import { expect, test } from 'vitest';
import { allTo, stillFor, undecided } from './sides.ts';

const conflicts = [
  { key: 'a.json', mine: '1', theirs: '2' },
  { key: 'b.json', mine: '1' },
];

test('Each conflict needs a side; one answer may be given for all', () => {
  expect(undecided(conflicts, { 'a.json': 'mine' }).map(({ key }) => key)).toEqual(['b.json']);
  expect(undecided(conflicts, allTo(conflicts, 'theirs'))).toEqual([]);
});

test('What was said of a conflict that changed meanwhile is asked again', () => {
  const sides = allTo(conflicts, 'mine');
  expect(
    stillFor(
      conflicts,
      [
        { key: 'a.json', mine: '1', theirs: '3' },
        { key: 'b.json', mine: '1' },
      ],
      sides,
    ),
  ).toEqual({
    'b.json': 'mine',
  });
});
