import { expect, test } from 'vitest';
import { RevisionName } from '../../../shared/state/ids.ts';
import { searchTimeline } from './timelineSearch.ts';

const base = { onHub: false, running: false, checkpoint: false, stateKnown: true };
const revisions = [
  { ...base, revision: RevisionName.parse('15'), message: 'Newer web', status: 'DONE', committer: 'ann@example.org' },
  {
    ...base,
    revision: RevisionName.parse('locals/fix-dns'),
    message: 'Fix DNS',
    status: 'ERROR',
    statusMessage: 'Failed to start web',
    parts: [{ part: 'resolver', effect: 'restart' as const, entries: 2 }],
  },
];
const found = (search: string) => searchTimeline(revisions, search).map(({ revision }) => revision);

test.each([
  { search: '', names: ['15', 'locals/fix-dns'] },
  { search: 'WEB', names: ['15', 'locals/fix-dns'] },
  { search: 'web error', names: ['locals/fix-dns'] },
  { search: 'ann@', names: ['15'] },
  { search: 'resolver', names: ['locals/fix-dns'] },
  { search: 'web nothing', names: [] },
])('“$search” finds $names', ({ search, names }) => {
  expect(found(search)).toEqual(names);
});

test('Without words the list itself comes back, so that nothing is drawn anew', () => {
  expect(searchTimeline(revisions, '  ')).toBe(revisions);
});
