import { expect, test } from 'vitest';
import type { DiagnosisQuestion } from '../../../shared/contract/diagnosis.ts';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import type { Finding, Probe } from '../../sources/probe.ts';
import { runProbes, type WayToProbe } from './run.ts';

const never = new AbortController().signal;
const refused = new TrailbossError('LOGIN_REFUSED', { what: 'not with this key', unchanged: '', next: '' });

function probe(question: DiagnosisQuestion, ask: Probe['ask'], needs?: DiagnosisQuestion, timeoutMs = 5000): Probe {
  return { question, timeoutMs, ask, ...(needs && { needs }) };
}
const finds = (finding: Finding) => async () => finding;
const closed: string[] = [];
const way = (name: WayToProbe['way'], ...probes: Probe[]): WayToProbe => ({
  way: name,
  probes,
  close: async () => void closed.push(name),
});

async function lastOf(ways: readonly WayToProbe[]) {
  const seen = [];
  for await (const steps of runProbes(ways, never)) seen.push(steps);
  return { seen, last: seen.at(-1)?.map(({ way: of, question, state }) => `${of} ${question} ${state}`) };
}

test('What needs a question that came out badly is skipped, what needs another one is asked', async () => {
  const { seen, last } = await lastOf([
    way(
      'ssh',
      probe('port', finds({ state: 'ok', found: '10.0.0.1:8222' })),
      probe('protocol', finds({ state: 'doubtful' }), 'port'),
      probe('login', () => Promise.reject(refused), 'protocol'),
      probe('pv-ctrl', finds({ state: 'ok' }), 'login'),
      probe('clock', finds({ state: 'ok' }), 'protocol'),
    ),
    way('hub', probe('session', finds({ state: 'ok' }))),
  ]);
  expect(last).toEqual([
    'ssh port ok',
    'ssh protocol doubtful',
    'ssh login failed',
    'ssh pv-ctrl skipped',
    'ssh clock ok',
    'hub session ok',
  ]);
  expect(seen[0]?.every((step) => step.state === 'waiting' || step.state === 'running')).toBe(true);
  const steps = seen.at(-1) ?? [];
  expect(steps[0]).toMatchObject({ found: '10.0.0.1:8222', took: expect.any(Number) });
  expect(steps[2]?.problem).toMatchObject({ code: 'LOGIN_REFUSED', what: 'not with this key' });
  expect(closed.splice(0).sort()).toEqual(['hub', 'ssh']);
});

test('A question that is not answered in its time has failed, and the next one is asked all the same', async () => {
  const stuck = probe('heard', () => new Promise(() => undefined), undefined, 20);
  const { last, seen } = await lastOf([way('hub', stuck, probe('clock', finds({ state: 'ok' })))]);
  expect(last).toEqual(['hub heard failed', 'hub clock ok']);
  expect(seen.at(-1)?.[0]?.problem).toMatchObject({ code: 'NOT_ANSWERING' });
});

test('A mistake of this program is a failed question, and no end of the others', async () => {
  const broken = probe('name', () => Promise.reject(new TypeError('x is not a function')));
  const { last, seen } = await lastOf([way('ssh', broken), way('http', probe('name', finds({ state: 'ok' })))]);
  expect(last).toEqual(['ssh name failed', 'http name ok']);
  expect(seen.at(-1)?.[0]?.problem).toMatchObject({ code: 'INTERNAL', raw: 'TypeError: x is not a function' });
});

test('Who goes away ends it, and everything that was opened is closed', async () => {
  closed.splice(0);
  const leave = new AbortController();
  let asked: AbortSignal | undefined;
  const hangs = probe('port', (signal) => {
    asked = signal;
    return new Promise(() => undefined);
  });
  for await (const steps of runProbes([way('ssh', hangs, probe('protocol', finds({ state: 'ok' })))], leave.signal)) {
    if (steps[0]?.state === 'running') leave.abort();
  }
  expect([asked?.aborted, closed]).toEqual([true, ['ssh']]);
});

test('A device without any way has nothing to ask', async () => {
  expect((await lastOf([])).seen).toEqual([[]]);
});

test('Whoever stops reading ends the questions, and what was opened for them is closed', async () => {
  closed.length = 0;
  let gaveUp = false;
  const hangs: Probe['ask'] = (signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        gaveUp = true;
        reject(signal.reason);
      });
    });
  for await (const steps of runProbes([way('ssh', probe('port', hangs, undefined, 60_000))], never)) {
    if (steps[0]?.state === 'running') break;
  }
  expect([gaveUp, closed]).toEqual([true, ['ssh']]);
}, 5000);
