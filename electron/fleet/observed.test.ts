import { describe, expect, it } from 'vitest';
import { TrailbossError } from '../../shared/contract/errors.ts';
import { RevisionName } from '../../shared/state/ids.ts';
import type { StepReport } from '../sources/source.ts';
import { bootedBetween, bootMark, observe } from './observed.ts';
import { lastFailure, rollbackTarget, sinceBoot } from './timeline-facts.ts';

const name = (text: string) => RevisionName.parse(text);
const silence = new TrailbossError('NOT_ANSWERING', { what: '', unchanged: '', next: '' });
const step = (revision: string, day: number, status: string): StepReport => ({
  name: name(revision),
  date: `2026-01-0${day}T00:00:00Z`,
  message: '',
  progress: { status, message: '' },
});

describe('what is known of a device', () => {
  it('stays when a poll fails, and silence counts from its first failure', () => {
    const heard = observe({}, { at: 10, running: name('1'), deviceMeta: {} });
    const silent = observe(observe(heard, { at: 20, failure: silence }), { at: 30, failure: silence });
    expect(silent).toEqual({ running: '1', deviceMeta: {}, heardAt: 10, silentSince: 20 });
    expect(observe(silent, { at: 40, deviceMeta: {} }).silentSince).toBeUndefined();
  });
});

describe('a reboot', () => {
  const mark = (uptime: number, now: number) => bootMark({ sysinfo: { uptime }, time: { timeval: { tv_sec: now } } });
  it.each([
    ['an uptime that fell', mark(3979, 5000), mark(12, 5030), true],
    ['a report that is minutes old', mark(3979, 5000), mark(3979, 5000), false],
    ['an uptime that went on', mark(100, 5000), mark(160, 5061), false],
    ['a young boot that booted again', mark(10, 5000), mark(12, 5040), true],
    ['a clock that was set', mark(10, 60), mark(20, 1_790_000_000), false],
  ])('%s', (_name, before, after, expected) => {
    expect(bootedBetween(before, after)).toBe(expected);
  });
  it('is not seen where the device tells no uptime', () => expect(bootMark({ time: 1 })).toBeUndefined());
});

describe('the timeline', () => {
  const steps = [
    step('0', 1, 'DONE'),
    step('locals/a', 2, 'DONE'),
    step('locals/b', 3, 'UPDATED'),
    step('locals/c', 4, 'UPDATED'),
    step('locals/d', 5, 'ERROR'),
  ];
  it('tells where a failure would lead, and what would be lost', () => {
    expect(rollbackTarget(steps, name('locals/c'))).toMatchObject({ to: 'locals/a', lost: ['locals/b', 'locals/c'] });
    expect(rollbackTarget(steps, name('locals/a'))).toMatchObject({ to: 'locals/a', lost: [] });
    expect(rollbackTarget([], undefined)).toMatchObject({ to: undefined });
  });
  it('counts a revision that was run again from when it became DONE', () => {
    const again = new Map([['0', Date.parse('2026-02-01')]]);
    expect(rollbackTarget(steps, name('locals/b'), again)).toMatchObject({ to: '0' });
  });
  it.each([3_600_000, -3_600_000])('does so although the clock of the device is %i ms ahead', (ahead) => {
    const date = (minute: number) => new Date(Date.parse('2026-02-01T10:00:00Z') + minute * 60_000 + ahead).toISOString();
    const trail = [
      { ...step('locals/theirs', 1, 'DONE'), date: date(ahead > 0 ? -10 : 10) },
      { ...step('locals/ours', 1, 'DONE'), date: date(-30) },
      { ...step('locals/now', 1, 'UPDATED'), date: date(20) },
    ];
    const seen = new Map([['locals/ours', Date.parse('2026-02-01T10:00:00Z')]]);
    const deviceMeta = {
      sysinfo: { uptime: 9 },
      time: { timeval: { tv_sec: (Date.parse('2026-02-01T10:30:00Z') + ahead) / 1000 } },
    };
    const { clockAhead } = observe({}, { at: Date.parse('2026-02-01T10:30:00Z'), deviceMeta });
    const expected = ahead > 0 ? 'locals/ours' : 'locals/theirs';
    expect(rollbackTarget(trail, name('locals/now'), seen, clockAhead)).toMatchObject({ to: expected });
  });
  it('tells through which revisions the device went since its boot', () => {
    expect(sinceBoot(steps, name('locals/c'))).toEqual(['locals/a', 'locals/b']);
    expect(sinceBoot(steps, name('locals/a'))).toEqual([]);
  });
  it('remembers a failure until something newer went well', () => {
    expect(lastFailure(steps)?.name).toBe('locals/d');
    expect(lastFailure([...steps, step('locals/e', 6, 'UPDATED')])).toBeUndefined();
  });
});
