import { createHash } from 'node:crypto';
import { type HostKeyQuestion, TrailbossError } from '../../shared/contract/errors.ts';
import { type Address, addressText } from './network-problem.ts';

/** A server's public key as people compare it. */
export interface HostKey {
  /** The key's own type: `ssh-ed25519`, `ecdsa-sha2-nistp256`, `ssh-rsa`. */
  readonly algorithm: string;
  /** `SHA256:` and 43 characters of base64 without padding, as OpenSSH prints it. */
  readonly fingerprint: string;
}

/** The fingerprint of a public key in its wire form (RFC 4253 §6.6), as `ssh-keygen -l` prints it. */
export function fingerprintOf(publicKey: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(publicKey).digest('base64').replace(/=+$/, '')}`;
}

/** Reads type and fingerprint out of a public key in its wire form. */
export function readHostKey(publicKey: Uint8Array): HostKey {
  const view = new DataView(publicKey.buffer, publicKey.byteOffset, publicKey.byteLength);
  const length = publicKey.length >= 4 ? view.getUint32(0) : 0;
  const algorithm = new TextDecoder('latin1').decode(publicKey.subarray(4, 4 + Math.min(length, 64)));
  return { algorithm, fingerprint: fingerprintOf(publicKey) };
}

/** What a person has to decide about this key; undefined when it is the accepted one. */
export function hostKeyProblem(address: Address, shown: HostKey, pinned: HostKey | undefined): TrailbossError | undefined {
  if (pinned?.fingerprint === shown.fingerprint) return undefined;
  const hostKey: HostKeyQuestion = {
    host: address.host,
    port: address.port,
    algorithm: shown.algorithm,
    fingerprint: shown.fingerprint,
    ...(pinned === undefined ? {} : { pinned: pinned.fingerprint }),
  };
  const where = addressText(address);
  const unchanged = 'The connection was ended before anything was sent to the device.';
  if (pinned === undefined) {
    return new TrailbossError('HOST_KEY_UNKNOWN', {
      what: `${where} shows a host key that was never seen here: ${shown.fingerprint} (${shown.algorithm}).`,
      unchanged,
      next: 'Compare the fingerprint with the device if you can, and accept the key to go on.',
      hostKey,
    });
  }
  return new TrailbossError('HOST_KEY_CHANGED', {
    what: `${where} shows another host key than before: now ${shown.fingerprint}, accepted was ${pinned.fingerprint}.`,
    unchanged,
    next: 'If the device was flashed anew, say so to accept the new key. If not, something else may be answering in its place: find out before you go on.',
    hostKey,
  });
}
