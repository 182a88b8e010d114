import { expect, test } from 'vitest';
import type { DiagnosisQuestion, DiagnosisStep } from '../../../shared/contract/diagnosis.ts';
import type { ErrorCode } from '../../../shared/contract/errors.ts';
import { reportText, summary } from './summary.ts';

function steps(way: DiagnosisStep['way'], ...list: [DiagnosisQuestion, DiagnosisStep['state'], ErrorCode?][]): DiagnosisStep[] {
  return list.map(([question, state, code]) => ({
    way,
    question,
    state,
    ...(code && { problem: { code, what: `What is wrong with ${question}.`, unchanged: '', next: 'Do something.' } }),
  }));
}

const refused = steps(
  'ssh',
  ['name', 'ok'],
  ['port', 'ok'],
  ['protocol', 'ok'],
  ['host-key', 'ok'],
  ['login', 'failed', 'LOGIN_REFUSED'],
  ['pv-ctrl', 'skipped'],
);

test('The summary says how far it got, and what stopped it', () => {
  expect(summary(refused, false)).toBe('Over SSH it is the right server, but it refuses the key.');
  expect(summary(steps('ssh', ['name', 'ok'], ['port', 'failed', 'UNREACHABLE'], ['protocol', 'skipped']), false)).toBe(
    'Over SSH nothing takes connections there.',
  );
  expect(summary(steps('http', ['name', 'failed', 'UNREACHABLE'], ['port', 'skipped']), false)).toBe(
    'Over the pvr endpoint no address is known for its name.',
  );
});

test('Ways that do not work come first, and a way that works says so', () => {
  const hub = steps('hub', ['session', 'ok'], ['on-hub', 'ok'], ['heard', 'doubtful', 'NOT_ANSWERING'], ['clock', 'ok']);
  expect(summary([...hub, ...refused], false)).toBe(
    'Over SSH it is the right server, but it refuses the key. Over the hub it is reached, but it follows no hub now.',
  );
  expect(summary(steps('http', ['name', 'ok'], ['port', 'ok'], ['protocol', 'ok']), false)).toBe(
    'It is reached over the pvr endpoint.',
  );
  expect(summary([...steps('ssh', ['login', 'ok']), ...steps('http', ['port', 'ok'])], false)).toBe(
    'It is reached over SSH and the pvr endpoint.',
  );
});

test('While it runs it says how many steps are answered', () => {
  expect(summary(steps('ssh', ['name', 'ok'], ['port', 'running'], ['protocol', 'waiting']), true)).toBe(
    'Asking: 1 of 3 steps answered.',
  );
  expect(summary(steps('ssh', ['name', 'ok'], ['port', 'waiting']), false)).toBe('Stopped before the end.');
  expect(summary([], false)).toBe('No way to this device is set up.');
});

test('The report has every step with what was found and what to do', () => {
  const found = refused.map((step) => (step.question === 'port' ? { ...step, found: '10.0.0.7:8222', took: 12 } : step));
  expect(reportText('web', 0, found).split('\n')).toEqual([
    'Diagnosis of web, 1970-01-01T00:00:00.000Z',
    'Over SSH it is the right server, but it refuses the key.',
    '',
    'SSH',
    '1. The name has an address: fine',
    '2. The port takes connections: fine · 10.0.0.7:8222 · 12 ms',
    '3. It speaks SSH: fine',
    '4. The host key is the accepted one: fine',
    '5. The login is let in: no',
    '   What is wrong with login. (LOGIN_REFUSED)',
    '   Do something.',
    '6. Pantavisor answers (pv-ctrl): not asked',
    '',
  ]);
});
