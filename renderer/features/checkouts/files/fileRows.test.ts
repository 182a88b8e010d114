import { expect, test } from 'vitest';
import type { StatusLine } from '../../../../shared/contract/checkout.ts';
import { parseState, type StateDocument } from '../../../../shared/state/state.ts';
import { fileGroups, fileRows } from './fileRows.ts';

const sha = 'a'.repeat(64);

function state(entries: Readonly<Record<string, unknown>>): StateDocument {
  const parsed = parseState(JSON.stringify({ '#spec': 'pantavisor-service-system@1', ...entries }));
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.state;
}

const committed = state({ 'bsp/kernel.img': sha, 'web/run.json': { name: 'web' }, 'web/old': sha, 'device.json': {} });
const working = state({ 'bsp/kernel.img': sha, 'web/run.json': { name: 'web' }, 'web/new': sha, 'device.json': {} });
const status: StatusLine[] = [
  { letter: 'A', path: 'web/new', kind: 'object' },
  { letter: 'D', path: 'web/old', kind: 'object' },
  { letter: '?', path: 'notes.txt', kind: 'object' },
];

const told = (groups: ReturnType<typeof fileGroups>) =>
  groups.map(
    ({ label, files, changed }) =>
      `${label ?? '?'} (${changed}): ${files.map(({ name, letter = '' }) => `${letter}${name}`).join(' ')}`,
  );

test('files stand by part with their letters, what is not tracked last', () => {
  expect(told(fileGroups({ status, problems: [] }, committed, working))).toEqual(
    ['bsp (0): kernel.img', 'web (2): Anew Dold run.json', 'no part (0): device.json', '? (0): ?notes.txt'].map((line) =>
      line.replace('no part', labelOfRoot()),
    ),
  );
});

function labelOfRoot(): string {
  return fileGroups({ status: [], problems: [] }, state({ 'device.json': {} }), undefined)[0]?.label ?? '';
}

test('without a readable working tree what is committed stands in, with what can’t be read', () => {
  const groups = fileGroups({ status: [], problems: [{ path: 'web/run.json', text: 'no JSON' }] }, committed, undefined);
  expect(groups.flatMap(({ files }) => files.filter(({ problem }) => problem)).map(({ path }) => path)).toEqual(['web/run.json']);
});

test('the filter and the changes open what they find', () => {
  const groups = fileGroups({ status, problems: [] }, committed, working);
  const ids = (filter: string, changedOnly: boolean) =>
    fileRows(groups, { closed: new Set(['/bsp', '/container:web']), filter, changedOnly }).map(({ id }) => id);
  expect(ids('', false)).toEqual(['/bsp', '/container:web', '/root', 'device.json', '/?', 'notes.txt']);
  expect(ids('ker', false)).toEqual(['/bsp', 'bsp/kernel.img']);
  expect(ids('', true)).toEqual(['/container:web', 'web/new', 'web/old', '/?', 'notes.txt']);
});
