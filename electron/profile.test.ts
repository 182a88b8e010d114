import { expect, test } from 'vitest';
import { defaultProfileDir } from './profile.ts';

test.each([
  ['linux', {}, '/home/ada', '/home/ada/.local/share/trailboss'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/home/ada', '/data/trailboss'],
  ['linux', { XDG_DATA_HOME: 'relative' }, '/home/ada', '/home/ada/.local/share/trailboss'],
  ['linux', { XDG_DATA_HOME: '' }, '/home/ada', '/home/ada/.local/share/trailboss'],
  ['darwin', { XDG_DATA_HOME: '/data' }, '/Users/ada', '/Users/ada/Library/Application Support/Trailboss'],
  ['win32', { APPDATA: 'C:\\Users\\ada\\AppData\\Roaming' }, 'C:\\Users\\ada', 'C:\\Users\\ada\\AppData\\Roaming\\Trailboss'],
  ['win32', {}, 'C:\\Users\\ada', 'C:\\Users\\ada\\AppData\\Roaming\\Trailboss'],
])('on %s with %j and home %s data lives in %s', (platform, env, home, expected) => {
  expect(defaultProfileDir({ platform, env, home })).toBe(expected);
});
