import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maxPendingBytes, type PreflightFacts, preflight } from '../preflight.ts';

const [one, other] = ['a'.repeat(64), 'b'.repeat(64)];
const state = { '#spec': 'pantavisor-service-system@1', 'data/a': one, 'data/b': other };
const text = JSON.stringify(state);

function told(facts: PreflightFacts, of = text): readonly string[] {
  return preflight(of, facts).map(({ severity, rule, key }) => [severity, rule, key ?? ''].join(' ').trim());
}

test('Objects that nobody has are named by the entries that want them', () => {
  expect(told({ missingObjects: [other] })).toEqual(['fails object-nobody-has data/b']);
  expect(told({ missingObjects: [] })).toEqual([]);
});

test('Room is counted as the device counts it: free without what it keeps back, for what is new alone', () => {
  const storage = { total: 1000, free: 300, reserved: 50 };
  const of = (size: number, via: 'lan' | 'hub') => told({ newObjects: [{ sha: one, size }], storage, via });
  expect([of(250, 'hub'), of(251, 'hub'), of(951, 'hub')]).toEqual([[], ['fails space'], ['refused space']]);
  expect([of(250, 'lan'), of(251, 'lan')]).toEqual([[], ['refused space']]);
  expect(told({ newObjects: [{ sha: one, size: 251 }] })).toEqual([]);
  const full = { total: 1000, free: 40, reserved: 50 };
  const [finding] = preflight(text, { newObjects: [{ sha: one, size: 1_234_567 }], storage: full, via: 'lan' });
  expect(finding?.text).toContain('take 1,234,567 B, and it has 0 B to give');
});

test('A local name is one that the device takes, and free', () => {
  const of = (revision: string) => told({ revision, takenNames: ['locals/a'], via: 'lan' });
  expect(of('locals/b')).toEqual([]);
  expect(of('locals/a')).toEqual(['notice revision-taken']);
  expect([of(`locals/${'x'.repeat(64)}`), of(`locals/${'x'.repeat(65)}`)]).toEqual([[], ['refused revision-name']]);
  expect([of('locals/a/b'), of('locals/'), of('7')].flat()).toEqual(Array(3).fill('refused revision-name'));
  expect(told({ revision: '7', via: 'hub' })).toEqual([]);
});

test('What waits on a hub is read at once, up to 2 MiB', () => {
  const of = (pendingBytes: number) => told({ via: 'hub', pendingBytes, pendingSteps: 2 });
  expect([of(1000), of(maxPendingBytes - 1), of(maxPendingBytes + 1)]).toEqual([
    [],
    ['notice pending-bytes-near'],
    ['refused pending-bytes'],
  ]);
  const large = JSON.stringify({ ...state, 'big.json': ['ü'.repeat(maxPendingBytes / 2)] });
  expect([told({ via: 'hub' }, large), told({ via: 'lan' }, large)]).toEqual([['refused pending-bytes'], []]);
});

test('What a hub changes is told where a hub is on the way', () => {
  const trapped = JSON.stringify({ ...state, 'x\uff2ey.json': { n: 1 }, 'z.json': 1 }).replace(':1}', ':12345678901234567890}');
  expect(told({ via: 'lan' }, trapped)).toEqual([]);
  expect(told({ via: 'hub' }, trapped)).toEqual(['notice hub-renames x\uff2ey.json', 'notice hub-rounds x\uff2ey.json']);
});

test('A move on which the daemon dies is told of the two states', () => {
  const web = { name: 'web', type: 'lxc', config: 'c', 'root-volume': 'r', group: 'app' };
  const running = JSON.stringify({ ...state, 'web/c': one, 'web/r': one, 'web/run.json': web });
  const next = JSON.stringify({ ...state, 'web/c': other, 'web/r': one });
  expect(told({ running }, next)).toEqual(['fails move-crashes web/c']);
});

test('Every finding says why and what to do, and no text whatever makes it throw', () => {
  const facts: PreflightFacts = { secureboot: 'strict', via: 'hub', running: text, missingObjects: [one] };
  const pieces = fc.constantFrom(
    '"#spec":"pantavisor-service-system@1"',
    `"a/b":"${one}"`,
    '"web/run.json":',
    '{"name":"web"',
    '"group":"x"',
  );
  const soup = fc.array(fc.oneof(pieces, fc.constantFrom('{', '}', '[', ']', ',', ':', '\\', '"', '\u0000')), { maxLength: 30 });
  const states = fc.dictionary(
    fc.oneof(
      fc.string(),
      fc.constantFrom('web/run.json', 'bsp/run.json', 'groups.json', 'device.json', 'disks.json', '_sigs/a.json'),
    ),
    fc.oneof(fc.constant(one), fc.jsonValue()),
  );
  const texts = fc.oneof(
    fc.string(),
    soup.map((parts) => parts.join('')),
    states.map((entries) => JSON.stringify({ '#spec': 'pantavisor-service-system@1', ...entries })),
  );
  fc.assert(
    fc.property(texts, (any) => {
      const found = preflight(any, facts);
      return found.every(({ text: said, source, advice, rule }) => [said, source, advice, rule].every((part) => part !== ''));
    }),
    { numRuns: 400 },
  );
});
