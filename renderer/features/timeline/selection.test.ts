import { expect, test } from 'vitest';
import { extend, olderFirst, stillThere, toggle } from './selection.ts';

test('A third choice pushes the oldest one out', () => {
  expect(toggle(toggle(toggle([], '14'), '15'), '16')).toEqual(['15', '16']);
});

test('Choosing again takes it out', () => {
  expect(toggle(['14', '15'], '14')).toEqual(['15']);
});

test('Extending keeps the first choice', () => {
  expect(extend(['14', '15'], '16')).toEqual(['14', '16']);
  expect(extend([], '16')).toEqual(['16']);
  expect(extend(['16'], '16')).toEqual(['16']);
});

test('What left the timeline leaves the selection', () => {
  const selection = ['14', '15'];
  expect(stillThere(selection, ['15', '14'])).toBe(selection);
  expect(stillThere(selection, ['15'])).toEqual(['15']);
});

test('Two are compared from the older to the newer, whatever was chosen first', () => {
  const newestFirst = ['16', '15', '14'];
  expect(olderFirst(['16', '14'], newestFirst)).toEqual(['14', '16']);
  expect(olderFirst(['14', '16'], newestFirst)).toEqual(['14', '16']);
  expect(olderFirst(['14'], newestFirst)).toBeUndefined();
});
