import { expect, test } from 'vitest';
import type { LanConnection } from '../../../shared/contract/connection.ts';
import { blankForm, connectionOf, formOf, hostOf } from './deviceForm.ts';

test('A host is taken out of what people paste', () => {
  const pasted = [
    '10.0.0.5',
    ' greenhouse.local ',
    'http://10.0.0.5:12368/cgi-bin/pvr',
    '10.0.0.5:8080',
    '[fe80::1]:12368',
    'fe80::1',
    'http://[fe80::1%25eth0]/',
  ];
  expect(pasted.map(hostOf)).toEqual([
    '10.0.0.5',
    'greenhouse.local',
    '10.0.0.5',
    '10.0.0.5',
    'fe80::1',
    'fe80::1',
    'fe80::1%25eth0',
  ]);
});

test('An address alone is enough: both ways on their usual ports, with our own key', () => {
  expect(connectionOf({ ...blankForm, host: '10.0.0.5' })).toEqual({
    connection: {
      host: '10.0.0.5',
      http: { port: 12368 },
      ssh: { port: 8222, user: '/', auth: { kind: 'own-key' } },
    },
  });
});

test('Each wrong field has a sentence of its own, and a way that is off is not looked at', () => {
  const wrong = connectionOf({ ...blankForm, host: 'a b', httpPort: '0', sshPort: '70000', sshUser: ' ', auth: 'key-file' });
  expect(Object.keys(wrong.errors ?? {})).toEqual(['host', 'httpPort', 'sshPort', 'sshUser', 'keyFile']);
  expect(connectionOf({ ...blankForm, host: 'a', ssh: false, sshPort: 'x' }).errors).toBeUndefined();
  expect(Object.keys(connectionOf({ ...blankForm, host: 'a', http: false, ssh: false }).errors ?? {})).toEqual(['ways']);
});

test('A device that is edited and left alone stays as it was', () => {
  const connections: readonly LanConnection[] = [
    { host: 'a', http: { port: 1 }, ssh: null },
    { host: 'b', http: null, ssh: { port: 22, user: 'os', auth: { kind: 'agent' } } },
    { host: 'c', http: { port: 2 }, ssh: { port: 8222, user: '/', auth: { kind: 'key-file', path: '/keys/one' } } },
  ];
  expect(connections.map((connection) => connectionOf(formOf('name', connection)).connection)).toEqual(connections);
});

test('a port that was pasted with the address is not dropped in silence', () => {
  const form = { ...blankForm, host: '10.0.0.5:8080' };
  expect(connectionOf(form).errors?.host).toContain('8080');
  expect(connectionOf({ ...form, httpPort: '8080' }).connection?.host).toBe('10.0.0.5');
  expect(connectionOf({ ...blankForm, host: 'http://10.0.0.5:12368/cgi-bin/pvr' }).connection?.host).toBe('10.0.0.5');
});
