import { describe, expect, it } from 'vitest';
import { DeviceId } from '../../../shared/contract/ids.ts';
import type { SeriesItem } from '../../../shared/contract/series.ts';
import { shortForecast } from './shortForecast.ts';
import { progressOf, summaryOf, twinsOf, whyNoPost } from './summary.ts';

type Forecast = NonNullable<SeriesItem['forecast']>;
const move = (restarts: readonly string[], transition: 'reboot' | 'non-reboot' = 'non-reboot'): Forecast => ({
  kind: 'move',
  transition,
  restarts: [...restarts],
  starts: [],
  stops: [],
  checkpoint: false,
  reasons: [],
});
const item = (state: SeriesItem['state'], forecast?: Forecast): SeriesItem => ({
  deviceId: DeviceId.parse('d'),
  deviceName: 'd',
  state,
  keys: [],
  conflicts: [],
  absent: [],
  ...(forecast && { forecast }),
});

describe('the sentence about a series', () => {
  it('says what happens to how many, and what else there is', () => {
    const reboot = item('ready', move([], 'reboot'));
    const items = [
      reboot,
      reboot,
      reboot,
      item('ready', move(['web'])),
      item('done', move(['web'])),
      item('unchanged'),
      item('conflict'),
    ];
    expect(summaryOf(items)).toBe('7 devices: 3 reboot, 2 restart web; 1 unchanged; 1 needs a choice.');
  });
  it('is plain for one device, and for none that is ready', () => {
    expect(summaryOf([item('ready', move([], 'reboot'))])).toBe('1 device: 1 reboots.');
    expect(summaryOf([item('preparing'), item('preparing')])).toBe('2 devices: 2 still being read.');
    expect(summaryOf([])).toBe('0 devices.');
  });
  it('does not name every set of containers', () => {
    const sets = ['a', 'b', 'c', 'd'].map((name) => item('ready', move([name])));
    expect(summaryOf(sets)).toBe('4 devices: 4 restart containers.');
    expect(summaryOf([item('ready', move(['a', 'b', 'c', 'd', 'e']))])).toBe('1 device: 1 restarts a, b and 3 more.');
  });
  it('puts what would go wrong first', () => {
    const refused = item('ready', { kind: 'refused', which: 'next', reason: 'x' });
    expect(summaryOf([item('ready', move([])), refused])).toBe('2 devices: 1 would refuse it, 1 without a restart.');
  });
});

describe('a series', () => {
  it('counts how far it has come', () => {
    const items = [item('done'), item('failed'), item('posting'), item('ready'), item('left-out'), item('unchanged')];
    expect(progressOf(items)).toEqual({ done: 1, failed: 1, posting: 1, all: 4 });
  });
  it('knows the devices that one answer serves', () => {
    const conflict = (id: string, theirs: string): SeriesItem => ({
      ...item('conflict'),
      deviceId: DeviceId.parse(id),
      conflicts: [{ key: 'a.json', mine: '1', theirs }],
    });
    const items = [conflict('a', '2'), conflict('b', '2'), conflict('c', '3'), item('ready')];
    expect(twinsOf(items, conflict('a', '2')).map(({ deviceId }) => deviceId)).toEqual(['b']);
  });
  it('says why it can not be posted', () => {
    expect(whyNoPost([item('ready'), item('conflict')])).toMatch(/answer first/);
    expect(whyNoPost([item('preparing')])).toMatch(/still being read/);
    expect(whyNoPost([item('done')])).toMatch(/left to post/);
    expect(whyNoPost([item('ready')])).toBeUndefined();
  });
});

describe('a forecast in short', () => {
  it.each([
    [move([], 'reboot'), 'reboot', 'reboots'],
    [move(['web']), 'restart', 'restarts web'],
    [move(['a', 'b', 'c']), 'restart', 'restarts a, b +1'],
    [move([]), 'none', 'no effect'],
    [{ kind: 'crash', stage: 'move', reason: 'x' } as const, 'crash', 'would crash'],
  ])('%j', (forecast, meaning, text) => expect(shortForecast(forecast)).toEqual({ meaning, text }));
});
