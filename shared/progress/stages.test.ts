import { describe, expect, test } from 'vitest';
import { parseLogs } from './logs.ts';
import type { HeardReport } from './report.ts';
import { stagesOf } from './stages.ts';

describe('stagesOf', () => {
  test('nothing heard: everything waits', () => {
    const stepper = stagesOf([]);
    expect(new Set(stepper.stages.map(({ state }) => state))).toEqual(new Set(['waiting']));
    expect(stepper).toMatchObject({ current: undefined, startedAt: undefined, outcome: 'none', setbacks: 0 });
  });

  test('times, bytes and what passed unseen', () => {
    const stepper = stagesOf([
      heard(10, 'NEW'),
      { ...heard(30, 'DOWNLOADING'), downloads: { total: 100, done: 10 } },
      { ...heard(40, 'DOWNLOADING'), downloads: { total: 100, done: 90 } },
      heard(60, 'TESTING'),
    ]);
    expect(stepper.stages).toMatchObject([
      { stage: 'posted', state: 'passed', startedAt: 10, durationMs: 20 },
      { stage: 'queued', state: 'unseen', startedAt: undefined, durationMs: undefined },
      { stage: 'downloading', state: 'passed', durationMs: 30, downloads: { total: 100, done: 90 } },
      { stage: 'moving', state: 'unseen' },
      { stage: 'testing', state: 'current', startedAt: 60, durationMs: undefined },
      { stage: 'end', state: 'waiting' },
    ]);
  });

  test('the end of an earlier run does not count', () => {
    const stepper = stagesOf([heard(0, 'UPDATED'), heard(5, 'UPDATED'), heard(10, 'INPROGRESS'), heard(20, 'DONE')]);
    expect(stepper).toMatchObject({ startedAt: 10, endedAt: 20, outcome: 'checkpoint' });
  });

  test('a setback is counted, and the times of both visits are summed', () => {
    const stepper = stagesOf([heard(0, 'INPROGRESS'), heard(10, 'TESTING'), heard(15, 'INPROGRESS'), heard(35, 'TESTING')]);
    expect(stepper.setbacks).toBe(1);
    expect(stepper.stages.find(({ stage }) => stage === 'moving')).toMatchObject({ visits: 2, durationMs: 30 });
  });

  test('reports out of order and statuses that are not known', () => {
    const stepper = stagesOf([heard(20, 'TESTING'), heard(10, 'INPROGRESS'), heard(30, 'PONDERING'), heard(40, '')]);
    expect(stepper).toMatchObject({ current: 'testing', startedAt: 10, setbacks: 0 });
  });
});

describe('parseLogs', () => {
  test('reads lines and keeps what it can not read', () => {
    const line = '{"tsec":"3757","tnano":500000000,"platform":"web","lvl":3,"src":"state","msg":"(x:1) no"}';
    expect(parseLogs(`${line}\n\ngarbage {\n{"msg":1}\nnull\n{"msg":"only"}`)).toEqual([
      { atMs: 3_757_500, level: '3', platform: 'web', source: 'state', text: '(x:1) no' },
      { atMs: undefined, level: undefined, platform: undefined, source: undefined, text: 'garbage {' },
      { atMs: undefined, level: undefined, platform: undefined, source: undefined, text: '{"msg":1}' },
      { atMs: undefined, level: undefined, platform: undefined, source: undefined, text: 'null' },
      { atMs: undefined, level: undefined, platform: undefined, source: undefined, text: 'only' },
    ]);
  });
});

function heard(heardAt: number, status: string): HeardReport {
  return { heardAt, status, message: '' };
}
