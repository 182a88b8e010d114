import { expect, test } from 'vitest';
import { forecast } from '../../../shared/forecast/index.ts';
import { parseState, type StateDocument } from '../../../shared/state/state.ts';
import { comparedGroups, compareRows, effectCounts, neighbour } from './entries.ts';

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
const all = { text: '', hidden: new Set<never>() };

test('entries stand by part, strongest effect first, each with its rule', () => {
  expect(
    compareRows(groups, new Set(), all).map((row) => (row.kind === 'part' ? row.label : `${row.id} ${row.entry.effect}`)),
  ).toEqual(['bsp', 'bsp/kernel.img reboot', 'web', 'web/root.squashfs restart', 'web/src.json none']);
  expect(groups.map((group) => group.effect)).toEqual(['reboot', 'restart']);
  expect(groups[0]?.entries[0]?.rule?.id).toBe('no-owner');
  expect([...effectCounts(groups)]).toEqual([
    ['reboot', 1],
    ['restart', 1],
    ['none', 1],
  ]);
});

test('a filter narrows by words and by effect', () => {
  const ids = (filter: Parameters<typeof compareRows>[2]) =>
    compareRows(groups, new Set(['/container:web']), filter).map((row) => row.id);
  expect(ids(all)).toEqual(['/bsp', 'bsp/kernel.img', '/container:web']);
  expect(ids({ text: 'WEB src', hidden: new Set() })).toEqual(['/container:web', 'web/src.json']);
  expect(ids({ text: '', hidden: new Set(['reboot']) })).toEqual(['/container:web']);
});

test('the neighbour of an entry skips the rows of parts', () => {
  const rows = compareRows(groups, new Set(), all);
  expect(neighbour(rows, undefined, 1)).toBe('bsp/kernel.img');
  expect(neighbour(rows, 'bsp/kernel.img', 1)).toBe('web/root.squashfs');
  expect(neighbour(rows, 'web/root.squashfs', -1)).toBe('bsp/kernel.img');
  expect(neighbour(rows, 'web/src.json', 1)).toBe('web/src.json');
});

test('without a move there is no effect', () => {
  const broken = text({ 'web/run.json': { name: 'web', roles: 'mgmt' } });
  const compared = comparedGroups(state(before), state(broken), forecast(before, broken));
  expect(compared.flatMap((group) => group.entries.map((entry) => entry.effect))).not.toContain('reboot');
  expect(compareRows(compared, new Set(), { text: '', hidden: new Set(['none']) }).length).toBeGreaterThan(0);
});
