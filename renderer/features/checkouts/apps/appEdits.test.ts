import { expect, test } from 'vitest';
import type { AppView } from '../../../../shared/contract/checkout.ts';
import { inverseOf } from './appEdits.ts';

const app: AppView = {
  name: 'web',
  template: 'builtin-lxc-docker',
  image: 'nginx:alpine',
  restartPolicy: 'system',
  roles: ['mgmt'],
  persistence: [
    { volume: '/data', persistence: 'revision', own: true },
    { volume: '/cache', persistence: 'permanent', own: false },
  ],
  drift: [],
  signedBy: [],
};

test('an edit is taken back to what was there, and to nothing where nothing was', () => {
  expect(
    inverseOf(app, { restartPolicy: 'container', group: 'app', roles: null, persistence: { '/data': 'boot', '/cache': 'boot' } }),
  ).toEqual({ restartPolicy: 'system', group: null, roles: ['mgmt'], persistence: { '/data': 'revision', '/cache': null } });
  expect(inverseOf(app, {})).toEqual({});
});
