import { expect, test } from 'vitest';
import type { KnownProblem } from '../../../../shared/contract/errors.ts';
import { addressOf, afterProbe, connectionTo } from './addDiscovered.ts';

const problem = (code: KnownProblem['code']) => ({
  kind: 'problem' as const,
  problem: { code, what: code, unchanged: '', next: '' },
});
const found = { key: 'k', name: 'pv', host: 'pv.local', addresses: ['fe80::1', '10.0.0.9'], sshPort: 8222, unclaimed: true };
const tried = connectionTo(found);

test('It is tried at its IPv4 address, else by its name', () => {
  expect([addressOf(found), addressOf({ host: 'pv.local', addresses: ['fe80::1'] })]).toEqual(['10.0.0.9', 'pv.local']);
});

test('It is added with SSH, and with the pvr endpoint where that answered', () => {
  const http = { kind: 'device' as const, containers: [], entries: 3 };
  const ways = (result: ReturnType<typeof afterProbe>) =>
    result.connection === undefined ? result.problem.code : [result.connection.http !== null, result.connection.ssh !== null];
  expect([
    ways(afterProbe(tried, { http, ssh: { kind: 'device' } })),
    ways(afterProbe(tried, { http: problem('UNREACHABLE'), ssh: problem('HOST_KEY_UNKNOWN') })),
    ways(afterProbe(tried, { http, ssh: problem('UNREACHABLE') })),
    ways(afterProbe(tried, { http: problem('UNREACHABLE'), ssh: problem('UNREACHABLE') })),
  ]).toEqual([[true, true], [false, true], [true, true], 'UNREACHABLE']);
});
