import { expect, test } from 'vitest';
import { findChromium, findSshServer } from './system-programs.mjs';

const having = (...paths: readonly string[]) => ({ exists: (path: string) => paths.includes(path) });
const env = { PATH: '/usr/local/bin:/usr/bin' };

test.each([
  [[], {}, undefined],
  [['/usr/bin/chromium'], {}, '/usr/bin/chromium'],
  [['/usr/bin/google-chrome'], {}, '/usr/bin/google-chrome'],
  [['/usr/bin/google-chrome', '/usr/bin/chromium-browser'], {}, '/usr/bin/chromium-browser'],
  [['/opt/chromium', '/usr/bin/chromium'], { TRAILBOSS_CHROMIUM: '/opt/chromium' }, '/opt/chromium'],
  [['/usr/bin/chromium'], { TRAILBOSS_CHROMIUM: '/opt/missing' }, undefined],
])('with %j and %j Chromium is %j', (paths, more, found) => {
  expect(findChromium({ env: { ...env, ...more }, ...having(...paths) })).toBe(found);
});

test.each([
  [['/usr/sbin/sshd'], '/usr/sbin/sshd'],
  [['/usr/bin/sshd'], '/usr/bin/sshd'],
  [[], undefined],
])('with %j the OpenSSH server is %j, although /usr/sbin is in no PATH', (paths, found) => {
  expect(findSshServer({ env, ...having(...paths) })).toBe(found);
});
