import type * as Electron from 'electron';
import type { Keyring } from '../storage/keyring.ts';

type SafeStorage = Pick<
  Electron.SafeStorage,
  'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'
>;

/**
 * The platform's keyring as Electron has it: Keychain, DPAPI, or a Linux desktop's password manager. To be made when the app is ready.
 * Where Linux has none, Electron falls back to a key that is the same everywhere (`basic_text`), which hides nothing: that is no keyring.
 */
export function platformKeyring(safeStorage: SafeStorage, platform: string): Keyring {
  return {
    ...availability(safeStorage, platform),
    encrypt: (text) => safeStorage.encryptString(text),
    decrypt: (bytes) => safeStorage.decryptString(Buffer.from(bytes)),
  };
}

function availability(safeStorage: SafeStorage, platform: string): Pick<Keyring, 'available' | 'reason'> {
  try {
    if (platform === 'linux') {
      const backend = safeStorage.getSelectedStorageBackend();
      if (backend === 'basic_text' || backend === 'unknown') {
        return {
          available: false,
          reason: 'This desktop has no password manager that Trailboss knows (GNOME Keyring, KWallet).',
        };
      }
    }
    if (safeStorage.isEncryptionAvailable()) return { available: true };
    return { available: false, reason: "The system's keyring does not answer, or is locked." };
  } catch (error) {
    return { available: false, reason: `The system's keyring does not work: ${error instanceof Error ? error.message : error}` };
  }
}
