import { expect, test } from 'vitest';
import { openCommand, openPage } from './open-page.ts';

const address = 'http://127.0.0.1:4780/?token=a&b';

test.each([
  ['linux', { DISPLAY: ':0' }, ['xdg-open', address]],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, ['xdg-open', address]],
  ['linux', {}, undefined],
  ['linux', { DISPLAY: '' }, undefined],
  ['darwin', {}, ['open', address]],
  ['win32', {}, ['rundll32', 'url.dll,FileProtocolHandler', address]],
])('on %s with %j the command is %j', (platform, env, command) => {
  expect(openCommand({ platform, env }, address)).toEqual(command);
});

test('a program that is not there is no error', () => {
  expect(() => openPage({ platform: 'darwin', env: {} }, address)).not.toThrow();
});
