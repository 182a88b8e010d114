import { expect, it } from 'vitest';
import { platformKeyring } from './keyring.ts';

type SafeStorage = Parameters<typeof platformKeyring>[0];

const working: SafeStorage = {
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptString: (text) => Buffer.from(`sealed ${text}`),
  decryptString: (bytes) => bytes.toString().slice(7),
};

it('passes text through what Electron has', () => {
  const keyring = platformKeyring(working, 'linux');
  expect(keyring.available).toBe(true);
  expect(keyring.decrypt(new Uint8Array(keyring.encrypt('x')))).toBe('x');
});

it.each<[string, Partial<SafeStorage>, string, boolean]>([
  ['a Linux desktop without a password manager', { getSelectedStorageBackend: () => 'basic_text' }, 'linux', false],
  ['a Linux desktop that does not say', { getSelectedStorageBackend: () => 'unknown' }, 'linux', false],
  ['a keyring that is locked', { isEncryptionAvailable: () => false }, 'darwin', false],
  [
    'one that throws',
    {
      isEncryptionAvailable: () => {
        throw new Error('no bus');
      },
    },
    'linux',
    false,
  ],
  ['Windows, which has no backends', { getSelectedStorageBackend: () => expect.fail('not there') }, 'win32', true],
])('%s', (_name, more, platform, available) => {
  const keyring = platformKeyring({ ...working, ...more }, platform);
  expect([keyring.available, typeof keyring.reason]).toEqual([available, available ? 'undefined' : 'string']);
});
