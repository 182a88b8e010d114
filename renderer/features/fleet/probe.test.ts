import { expect, test } from 'vitest';
import type { ErrorCode, KnownProblem } from '../../../shared/contract/errors.ts';
import type { ProbeResult } from '../../../shared/contract/fleet.ts';
import { hostKeyToAccept, probeFoundDevice } from './probe.ts';

const hostKey = { host: 'a', port: 8222, algorithm: 'ssh-ed25519', fingerprint: 'SHA256:x' };
const problem = (code: ErrorCode): KnownProblem => ({ code, what: '', unchanged: '', next: '', hostKey });
const over = (code: ErrorCode): ProbeResult => ({
  http: { kind: 'problem', problem: problem('UNREACHABLE') },
  ssh: { kind: 'problem', problem: problem(code) },
});

test('A host key is offered for acceptance on first contact only, never when it changed', () => {
  expect(hostKeyToAccept(over('HOST_KEY_UNKNOWN'))).toEqual(hostKey);
  expect(hostKeyToAccept(over('HOST_KEY_CHANGED'))).toBeUndefined();
});

test('Somebody who shows a host key is there; somebody who does not answer may be added anyway', () => {
  expect([over('HOST_KEY_UNKNOWN'), over('UNREACHABLE')].map(probeFoundDevice)).toEqual([true, false]);
});
