import { expect, test } from 'vitest';
import { instantOf } from './revisionDate.ts';
import { stageSegments, stageWords, totalTime } from './stageSegments.ts';

test('A date of the device is an instant only where its clock was set', () => {
  expect([
    instantOf('2026-03-02T10:41:07Z'),
    instantOf('1970-01-01T00:00:12Z'),
    instantOf('yesterday'),
    instantOf(undefined),
  ]).toEqual([Date.UTC(2026, 2, 2, 10, 41, 7), undefined, undefined, undefined]);
});

test('Stages that took no time are left out; one that is not known keeps its own word', () => {
  const segments = stageSegments([
    { stage: 'queued', ms: 0 },
    { stage: 'moving', ms: 900 },
    { stage: 'TESTING', ms: 21_000 },
    { stage: 'Dancing', ms: 100 },
  ]);
  expect(stageWords(segments)).toBe('Time per stage: moving 0.9 s, on probation 21 s, dancing 0.1 s');
  expect(totalTime(segments)).toBe(22_000);
});
