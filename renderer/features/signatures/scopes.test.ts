import { expect, test } from 'vitest';
import { coverageOf } from '../../../shared/signatures/coverage.ts';
import { stateWith, unsignedPvs } from '../../../shared/signatures/test-signature.ts';
import { previewOf, type ScopeChoice, scopeOf, signableParts } from './scopes.ts';

const sha = `"${'a'.repeat(64)}"`;
const state = stateWith({
  'os/x': sha,
  'os/src.json': '{}',
  'web/x': sha,
  '_config/os/y': sha,
  'device.json': '{}',
  '_sigs/os.json': unsignedPvs(['os/**'], []),
});
const choice: ScopeChoice = { kind: 'part', part: 'os', config: true, name: '', include: '', exclude: '' };

test('the parts that can be signed are the folders at the top', () => {
  expect(signableParts(state, coverageOf(state))).toEqual([
    { name: 'os', entries: 2, signed: true },
    { name: 'web', entries: 1, signed: false },
  ]);
});

test('a choice becomes a scope when nothing is missing, and says what it would cover', () => {
  expect(scopeOf({ ...choice, part: '' })).toBeUndefined();
  expect(previewOf(scopeOf(choice), state)).toEqual({ ok: true, covers: 2, sameOnDevice: true });
  expect(previewOf(scopeOf({ ...choice, config: false }), state)).toMatchObject({ covers: 1 });
  const raw: ScopeChoice = { ...choice, kind: 'raw', name: 'all', include: ' #spec \n\ndevice.json\n', exclude: '' };
  expect(scopeOf(raw)).toEqual({ kind: 'raw', name: 'all', include: ['#spec', 'device.json'], exclude: [] });
  expect(previewOf(scopeOf({ ...raw, include: '**' }), state)).toMatchObject({ covers: 7, sameOnDevice: false });
  expect(previewOf(scopeOf({ ...raw, include: '[' }), state)).toMatchObject({ ok: false });
  expect(scopeOf({ ...raw, include: ' ' })).toBeUndefined();
});
