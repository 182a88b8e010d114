import ssh2 from 'ssh2';
import { fingerprintOf } from './host-key.ts';

/** A key pair in OpenSSH's formats. `privateKey` is a secret: it is stored by its owner only, mode 0600. */
export interface SshKeyPair {
  readonly privateKey: string;
  /** The line for `authorized_keys` and for the device's user-meta `pvr-sdk.authorized_keys`. */
  readonly publicLine: string;
  readonly fingerprint: string;
}

/**
 * Makes a new pair. ECDSA P-256, because the dropbear that devices run (2019.78) takes no ed25519 login keys: it learnt
 * them in 2020.79, and P-256 works with either. `comment` ends the public line.
 */
export function makeKeyPair(comment: string): SshKeyPair {
  const pair = ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256, comment });
  const parsed = ssh2.utils.parseKey(pair.private);
  if (parsed instanceof Error) throw parsed;
  return { privateKey: pair.private, publicLine: pair.public.trim(), fingerprint: fingerprintOf(parsed.getPublicSSH()) };
}

export type KeyInspection =
  | { readonly kind: 'ready'; readonly algorithm: string; readonly fingerprint: string; readonly publicLine: string }
  | { readonly kind: 'needs-passphrase' }
  | { readonly kind: 'wrong-passphrase' }
  | { readonly kind: 'public-only' }
  /** `reason` is the reader's own word for it. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** What a private key file holds and whether the passphrase opens it. Formats: OpenSSH, PEM (PKCS#1, SEC1), PuTTY. */
export function inspectPrivateKey(pem: string, passphrase: string | undefined): KeyInspection {
  const key = tryParse(pem, passphrase);
  if (key instanceof Error) return failureOf(key.message, passphrase !== undefined && passphrase !== '');
  if (!key.isPrivateKey()) return { kind: 'public-only' };
  const wire = key.getPublicSSH();
  const comment = key.comment === '' || key.comment === undefined ? '' : ` ${key.comment}`;
  return {
    kind: 'ready',
    algorithm: key.type,
    fingerprint: fingerprintOf(wire),
    publicLine: `${key.type} ${wire.toString('base64')}${comment}`,
  };
}

function tryParse(pem: string, passphrase: string | undefined): ssh2.ParsedKey | Error {
  try {
    return passphrase === undefined || passphrase === '' ? ssh2.utils.parseKey(pem) : ssh2.utils.parseKey(pem, passphrase);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function failureOf(reason: string, withPassphrase: boolean): KeyInspection {
  if (/no passphrase given/i.test(reason)) return { kind: 'needs-passphrase' };
  if (withPassphrase && /bad passphrase|integrity check|bad decrypt|malformed|error while decrypting/i.test(reason)) {
    return { kind: 'wrong-passphrase' };
  }
  return { kind: 'unreadable', reason };
}
