/** For tests: links to devices. */
import { createHash } from 'node:crypto';
import type { LanConnection } from '../../../shared/contract/connection.ts';
import { Sha256 } from '../../../shared/state/ids.ts';
import type { HostKey } from '../../net/host-key.ts';
import { makeKeyPair } from '../../net/keys.ts';
import type { DeviceLink, LoginKeys, ObjectUpload } from '../source.ts';
import { pantavisorSource } from './index.ts';

export const pair = makeKeyPair('trailboss-test');
export const closers: (() => unknown)[] = [];

export async function closeAll(): Promise<void> {
  for (const close of closers.splice(0).toReversed()) await close();
}

/** Where a device listens, and who it says it is. */
interface Reachable {
  readonly hostKeyFingerprint: string;
  readonly httpPort?: number | undefined;
  readonly sshPort?: number | undefined;
}

interface LinkOptions {
  readonly ways?: readonly ('http' | 'ssh')[];
  readonly pinned?: HostKey | null;
  readonly keys?: LoginKeys;
  readonly user?: string;
}

/** A link whose pinned key can be changed, as the storage room does when a person accepts one. */
export function linkTo(
  device: Reachable,
  options: LinkOptions = {},
): { readonly link: DeviceLink; pin(key: HostKey | undefined): void } {
  const { ways = ['http', 'ssh'], user = '/' } = options;
  let pinned =
    options.pinned === null
      ? undefined
      : (options.pinned ?? { algorithm: 'ssh-ed25519', fingerprint: device.hostKeyFingerprint });
  const connection: LanConnection = {
    host: '127.0.0.1',
    http: ways.includes('http') ? { port: device.httpPort ?? 1 } : null,
    ssh: ways.includes('ssh') ? { port: device.sshPort ?? 1, user, auth: { kind: 'own-key' } } : null,
  };
  const keys = options.keys ?? {
    keyFor: async () => ({ kind: 'private-key', pem: pair.privateKey, passphrase: undefined }) as const,
  };
  const link = pantavisorSource.open(connection, { trust: { pinned: () => pinned }, keys, now: Date.now });
  closers.push(() => link.close());
  return {
    link,
    pin: (key) => {
      pinned = key;
    },
  };
}

export function uploadOf(bytes: Buffer): ObjectUpload {
  const sha = Sha256.parse(createHash('sha256').update(bytes).digest('hex'));
  async function* open(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
  }
  return { sha, size: bytes.length, name: 'web/extra.bin', open, onBytes: () => undefined };
}

export async function all(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}
