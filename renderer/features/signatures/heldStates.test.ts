import { expect, test } from 'vitest';
import { coverageOf } from '../../../shared/signatures/coverage.ts';
import { stateWith, unsignedPvs } from '../../../shared/signatures/test-signature.ts';
import { changedSinceHeld, rememberHeld } from './heldStates.ts';

const entry = unsignedPvs(['os/**'], []);
const key = '_sigs/os.json';
const state = (value: string, signature = entry) => stateWith({ 'os/run.json': value, [key]: signature });
const report = {
  signatures: [
    {
      name: 'os',
      key,
      verdict: 'valid' as const,
      reason: '',
      deviceTakesIt: true,
      include: [],
      exclude: [],
      covers: [],
      chain: [],
    },
  ],
  protected: [],
  excluded: [],
  notSeen: [],
};

test('names what changed under a signature since it was seen to hold, and nothing under one that was not', () => {
  rememberHeld(report, state('{}'));
  const edited = state('{"a":1}');
  const changed = (now: typeof edited) => [...changedSinceHeld(coverageOf(now), new Set([key]), now)];
  expect(changed(edited)).toEqual([[key, ['os/run.json']]]);
  expect(changed(state('{}'))).toEqual([]);
  expect(changed(state('{"a":1}', entry.replace('AAAA', 'AAAE')))).toEqual([]);
});
