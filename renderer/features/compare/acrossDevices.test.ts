import { expect, test } from 'vitest';
import { acrossDevices } from './acrossDevices.ts';

test('it is said whose device would move, and when the boards differ', () => {
  const hub = { name: 'home-hub', board: 'rpi64', arch: 'aarch64/64/EL' };
  expect(acrossDevices(hub, { name: 'attic', board: 'rpi64', arch: 'aarch64/64/EL' }, false)).toHaveLength(1);
  expect(acrossDevices(hub, { name: 'cam', board: 'x64', arch: 'x86_64/64/EL' }, true)[1]).toBe(
    'home-hub is rpi64 · aarch64, cam is x64 · x86_64: what is built for one does not have to start on the other.',
  );
  expect(acrossDevices(hub, { name: 'silent' }, false)).toHaveLength(1);
});
