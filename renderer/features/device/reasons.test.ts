import { expect, test } from 'vitest';
import type { Capabilities, Ways } from '../../../shared/contract/connection.ts';
import { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { isOffHub } from './offHub.ts';
import { whyNot } from './reasons.ts';

const none: Capabilities = {
  readState: false,
  readTimeline: false,
  readContainers: false,
  readMetadata: false,
  uploadObjects: false,
  postRevision: false,
  runRevision: false,
  watchProgress: false,
  reboot: false,
  writeUserMeta: false,
  readLogs: false,
  openTerminal: false,
};
const closed: Ways = { http: { kind: 'not-configured' }, ssh: { kind: 'not-configured' }, hub: { kind: 'not-configured' } };
const hub = { accountId: 'a', account: 'anna · hub.example', deviceId: 'a'.repeat(24), nick: 'web', public: false };
const problem = { code: 'SESSION_ENDED', what: '', unchanged: '', next: '' };

function device(change: Record<string, unknown>): DeviceSummary {
  return DeviceSummary.parse({
    id: 'd',
    name: 'web',
    demo: false,
    connection: { host: '10.0.0.1', http: null, ssh: null },
    labels: {},
    ways: closed,
    condition: 'answering',
    ...change,
  });
}

test('What can be done needs no reason', () => {
  expect(whyNot({ capabilities: { ...none, reboot: true }, summary: device({}) }, 'reboot')).toBeUndefined();
});

test('A way that is not set up, silent, or known of a hub only: each has a reason of its own', () => {
  const reason = (change: Record<string, unknown>) => whyNot({ capabilities: none, summary: device(change) }, 'reboot');
  expect([
    reason({}),
    reason({ ways: { ...closed, ssh: { kind: 'silent', since: 1 } } }),
    reason({ connection: null, hub }),
  ]).toEqual([
    'This needs SSH, which is not open.',
    'This needs SSH, over which the device is not answering.',
    'This needs SSH on the local network, and only a hub is known of this device. Add its local address first.',
  ]);
});

test('A hub account that is signed out is the reason for what goes over it', () => {
  const signedOut = device({ connection: null, hub, ways: { ...closed, hub: { kind: 'blocked', since: 1, problem } } });
  expect(whyNot({ capabilities: none, summary: signedOut }, 'writeUserMeta')).toMatch(/sign in/);
  expect(whyNot({ capabilities: none, summary: signedOut }, 'reboot')).toMatch(/local network/);
  const silent = device({ connection: null, hub, ways: { ...closed, hub: { kind: 'silent', since: 1 } } });
  expect(whyNot({ capabilities: none, summary: silent }, 'postRevision')).toBe('This needs the hub, which is not answering.');
});

test('Off the hub is a device that has one and runs a local revision', () => {
  expect([device({ mode: 'local' }), device({ mode: 'remote', hub }), device({ mode: 'local', hub })].map(isOffHub)).toEqual([
    false,
    false,
    true,
  ]);
});
