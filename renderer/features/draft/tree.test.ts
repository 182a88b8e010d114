import { expect, test } from 'vitest';
import { parseState, type StateDocument } from '../../../shared/state/state.ts';
import { draftTree, neighbourOf, type TreeView, treeRows } from './tree.ts';

const sha = (digit: string) => digit.repeat(64);

function state(entries: Record<string, unknown>): StateDocument {
  const parsed = parseState(JSON.stringify({ '#spec': 'pantavisor-service-system@1', ...entries }));
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.state;
}

const base = state({
  'bsp/kernel.img': sha('a'),
  'groups.json': [],
  'web/root.squashfs': sha('b'),
  'web/run.json': { name: 'web', type: 'lxc' },
  '_config/web/etc/dns': sha('c'),
});
const next = state({
  'bsp/kernel.img': sha('a'),
  'groups.json': [],
  'web/root.squashfs': sha('d'),
  'web/run.json': { name: 'web', type: 'lxc' },
  'web/new.json': {},
});
const open: TreeView = { closed: new Set(), filter: '', changedOnly: false };

function shown(view: Partial<TreeView>): readonly string[] {
  return treeRows(draftTree(base, next, new Set(['groups.json'])), { ...open, ...view }).map((row) =>
    row.kind === 'part'
      ? `${row.part.id} ${row.changes}/${row.count}`
      : `  ${row.name} ${row.entry.change}${row.entry.unfinished ? ' unfinished' : ''}`,
  );
}

test('entries stand by part with what the draft did to them', () => {
  expect(shown({})).toEqual([
    'bsp 0/1',
    '  kernel.img same',
    'container:web 3/4',
    '  _config/web/etc/dns removed',
    '  new.json added',
    '  root.squashfs changed',
    '  run.json same',
    'root 1/1',
    '  groups.json same unfinished',
  ]);
});

test('a closed part shows its row only, and a filter opens it', () => {
  expect(shown({ closed: new Set(['/container:web']), changedOnly: false })).toContain('container:web 3/4');
  expect(shown({ closed: new Set(['/container:web']) })).not.toContain('  run.json same');
  expect(shown({ closed: new Set(['/container:web']), filter: 'WEB run' })).toEqual(['container:web 3/4', '  run.json same']);
});

test('changes alone leave out parts without any', () => {
  expect(shown({ changedOnly: true })).toEqual([
    'container:web 3/4',
    '  _config/web/etc/dns removed',
    '  new.json added',
    '  root.squashfs changed',
    'root 1/1',
    '  groups.json same unfinished',
  ]);
});

test('a new entry whose text is no JSON yet is there already', () => {
  const rows = treeRows(draftTree(base, base, new Set(['web/services.json'])), open);
  expect(rows.find((row) => row.id === 'web/services.json')).toMatchObject({
    entry: { change: 'added', unfinished: true, kind: 'json' },
  });
});

test('when an entry goes, its neighbour is next', () => {
  const parts = draftTree(base, next, new Set());
  const keys = ['bsp/kernel.img', '_config/web/etc/dns', 'web/run.json', 'nope'];
  expect(keys.map((key) => neighbourOf(parts, key))).toEqual(['/bsp', 'web/new.json', 'web/root.squashfs', undefined]);
});
