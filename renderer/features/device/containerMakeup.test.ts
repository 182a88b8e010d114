import { expect, test } from 'vitest';
import { parseState } from '../../../shared/state/state.ts';
import { whyNotVerb } from './containerGate.ts';
import { makeupOf } from './containerMakeup.ts';

const sha = 'f2e92a0b029c898b63937dec7456f187300709c7d6ae6d67f1943326e74aa670';

function state() {
  const parsed = parseState(
    JSON.stringify({
      '#spec': 'pantavisor-service-system@1',
      'web/root.squashfs': sha,
      'web/run.json': {
        '#spec': 'service-manifest-run@1',
        name: 'web',
        type: 'lxc',
        'root-volume': 'root.squashfs',
        volumes: ['data.squashfs'],
        storage: { 'lxc-overlay': { persistence: 'boot' }, 'docker--data': { persistence: 'permanent' } },
        drivers: { manual: [], required: ['wifi'], optional: ['bluetooth'] },
      },
      'web/src.json': { docker_name: 'example/web', docker_tag: 'v1', docker_digest: 'sha256:00' },
      '_config/web/etc/web.conf': sha,
      'core/run.json': { name: 'core' },
    }),
  );
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.state;
}

test('A container is made of the entries of its part, its configuration with them', () => {
  const makeup = makeupOf(state(), 'web');
  expect(makeup?.entries.map(({ key }) => key)).toEqual([
    '_config/web/etc/web.conf',
    'web/root.squashfs',
    'web/run.json',
    'web/src.json',
  ]);
});

test('Its image, its drivers and what it keeps are read from src.json and run.json', () => {
  expect(makeupOf(state(), 'web')).toMatchObject({
    image: 'example/web:v1',
    imageDigest: 'sha256:00',
    drivers: { required: ['wifi'], optional: ['bluetooth'], manual: [] },
    storage: [
      { volume: 'lxc-overlay', persistence: 'boot' },
      { volume: 'docker--data', persistence: 'permanent' },
    ],
  });
});

test('What run.json does not say is empty, and a name that is not there is nothing', () => {
  expect(makeupOf(state(), 'core')).toMatchObject({ image: undefined, storage: [], drivers: { required: [] } });
  expect(makeupOf(state(), 'sensor')).toBeUndefined();
});

function row(status: string, policy: string) {
  return { report: { name: 'web', status, roles: [] }, policy, policyFrom: 'own' };
}

test.each([
  { status: 'STARTED', policy: 'container', allowed: ['stop', 'restart'] },
  { status: 'READY', policy: 'container', allowed: ['stop', 'restart'] },
  { status: 'STOPPED', policy: 'container', allowed: ['start', 'restart'] },
  { status: 'RECOVERING', policy: 'container', allowed: ['start', 'stop', 'restart'] },
  { status: 'STARTED', policy: 'system', allowed: [] },
])('A $status container of policy $policy can be told to $allowed', ({ status, policy, allowed }) => {
  const can = (['start', 'stop', 'restart'] as const).filter((verb) => whyNotVerb(row(status, policy), verb) === undefined);
  expect(can).toEqual(allowed);
});
