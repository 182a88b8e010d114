import { expect, test } from 'vitest';
import { forecast } from '../../../shared/forecast/index.ts';
import { parseState, type StateDocument } from '../../../shared/state/state.ts';
import { comparedGroups, compareRows, type EntryFilter, entryCounts, everyEntry, filteredGroups, neighbour } from './entries.ts';

const sha = (digit: string) => digit.repeat(64);

function text(entries: Record<string, unknown>): string {
  return JSON.stringify({ '#spec': 'pantavisor-service-system@1', ...entries });
}

function state(stateText: string): StateDocument {
  const parsed = parseState(stateText);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.state;
}

const web = { '#spec': 'service-manifest-run@1', name: 'web', type: 'lxc', 'root-volume': 'root.squashfs', group: 'app' };
const before = text({
  'bsp/kernel.img': sha('a'),
  'web/root.squashfs': sha('b'),
  'web/run.json': web,
  'web/src.json': { '#spec': 'service-manifest-src@1' },
});
const after = text({
  'bsp/kernel.img': sha('c'),
  'web/root.squashfs': sha('d'),
  'web/run.json': web,
  'web/src.json': { '#spec': 'service-manifest-src@1', args: {} },
});
const groups = comparedGroups(state(before), state(after), forecast(before, after));

test('entries stand by part, strongest effect first, each with its rule', () => {
  expect(
    compareRows(groups, new Set(), everyEntry).map((row) => (row.kind === 'part' ? row.label : `${row.id} ${row.entry.effect}`)),
  ).toEqual(['bsp', 'bsp/kernel.img reboot', 'web', 'web/root.squashfs restart', 'web/src.json none']);
  expect(groups.map((group) => group.effect)).toEqual(['reboot', 'restart']);
  expect(groups[0]?.entries[0]?.rule?.id).toBe('no-owner');
  const counts = entryCounts(groups);
  expect([counts.all, [...counts.effects], [...counts.kinds]]).toEqual([
    3,
    [
      ['reboot', 1],
      ['restart', 1],
      ['none', 1],
    ],
    [['changed', 3]],
  ]);
});

test('a filter narrows by words, by effect and by kind', () => {
  const ids = (filter: Partial<EntryFilter>) =>
    compareRows(groups, new Set(['/container:web']), { ...everyEntry, ...filter }).map((row) => row.id);
  expect(ids({})).toEqual(['/bsp', 'bsp/kernel.img', '/container:web']);
  expect(ids({ text: 'WEB src' })).toEqual(['/container:web', 'web/src.json']);
  expect(ids({ effects: new Set(['restart', 'none']) })).toEqual(['/container:web']);
  expect(ids({ kinds: new Set(['added']) })).toEqual([]);
});

test('what differs in its layout alone is hidden until it is asked for', () => {
  const laidOut = before.replace('"type":"lxc"', '"type": "lxc"');
  const only = comparedGroups(state(before), state(laidOut), forecast(before, laidOut));
  const shown = (filter: Partial<EntryFilter>) => filteredGroups(only, { ...everyEntry, ...filter }).length;
  expect([
    shown({}),
    shown({ hideFormatting: true }),
    shown({ hideFormatting: true, kinds: new Set(['formatting-only']) }),
  ]).toEqual([1, 0, 1]);
});

test('the neighbour of an entry skips parts, and there is none at the end', () => {
  expect(neighbour(groups, undefined, 1)).toBe('bsp/kernel.img');
  expect(neighbour(groups, 'bsp/kernel.img', 1)).toBe('web/root.squashfs');
  expect(neighbour(groups, 'web/root.squashfs', -1)).toBe('bsp/kernel.img');
  expect(neighbour(groups, 'web/src.json', 1)).toBeUndefined();
});

test('without a move there is no effect', () => {
  const broken = text({ 'web/run.json': { name: 'web', roles: 'mgmt' } });
  const compared = comparedGroups(state(before), state(broken), forecast(before, broken));
  expect(compared.flatMap((group) => group.entries.map((entry) => entry.effect))).not.toContain('reboot');
  expect(compareRows(compared, new Set(), { ...everyEntry, effects: new Set(['reboot']) }).length).toBeGreaterThan(0);
});
