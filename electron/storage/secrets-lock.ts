import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
  type ScryptOptions,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';
import { z } from 'zod';

/** scrypt with these takes 128 MiB and some tenths of a second: guessing a passphrase is slow, typing it is not. */
const cost = { N: 2 ** 17, r: 8, p: 1 };
/** A file that asks for more than this was not written by Trailboss, and would stop the computer. */
const highestCost = { N: 2 ** 20, r: 8, p: 4 };

const Base64 = z.base64().transform((text) => Buffer.from(text, 'base64'));
const bytes = (size: number) => Base64.refine((buffer) => buffer.length === size, `${size} bytes`);
const within = (least: number, most: number) => z.number().int().min(least).max(most);

/** Secrets sealed by a passphrase, with everything but the passphrase that opening them needs. */
export const LockedSecrets = z.object({
  kdf: z.object({
    name: z.literal('scrypt'),
    N: within(cost.N, highestCost.N).refine((number) => (number & (number - 1)) === 0, 'a power of two'),
    r: within(cost.r, highestCost.r),
    p: within(cost.p, highestCost.p),
    salt: bytes(32),
  }),
  /** Tells a wrong passphrase from a damaged file; reveals no more than the sealed bytes do. */
  check: bytes(32),
  cipher: z.object({ name: z.literal('aes-256-gcm'), iv: bytes(12), tag: bytes(16) }),
  sealed: Base64,
});
export type LockedSecrets = z.infer<typeof LockedSecrets>;

/** What a passphrase became: seals again and again without asking for it. Lives in memory only. */
export interface SecretsLock {
  readonly kdf: LockedSecrets['kdf'];
  readonly key: Uint8Array;
  readonly check: Uint8Array;
}

/** Derives a fresh lock. Takes some tenths of a second, beside the main thread. */
export function makeLock(passphrase: string): Promise<SecretsLock> {
  return derive(passphrase, { name: 'scrypt', ...cost, salt: randomBytes(32) });
}

/** The lock of a file; `wrong-passphrase` where it is another one. */
export async function openLock(locked: LockedSecrets, passphrase: string): Promise<SecretsLock | 'wrong-passphrase'> {
  const lock = await derive(passphrase, locked.kdf);
  return timingSafeEqual(lock.check, locked.check) ? lock : 'wrong-passphrase';
}

/** Seals under a fresh nonce, and ties the header to it. */
export function seal(lock: SecretsLock, text: string): Readonly<Record<string, unknown>> {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', lock.key, iv).setAAD(header(lock.kdf));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const { salt, ...kdf } = lock.kdf;
  return {
    kdf: { ...kdf, salt: salt.toString('base64') },
    check: Buffer.from(lock.check).toString('base64'),
    cipher: { name: 'aes-256-gcm', iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64') },
    sealed: sealed.toString('base64'),
  };
}

/** @throws where the sealed bytes were changed */
export function unseal(lock: SecretsLock, locked: LockedSecrets): string {
  const { iv, tag } = locked.cipher;
  const decipher = createDecipheriv('aes-256-gcm', lock.key, iv).setAAD(header(lock.kdf)).setAuthTag(tag);
  return Buffer.concat([decipher.update(locked.sealed), decipher.final()]).toString('utf8');
}

async function derive(passphrase: string, kdf: LockedSecrets['kdf']): Promise<SecretsLock> {
  const { N, r, p, salt } = kdf;
  // One passphrase has several spellings in Unicode, depending on the keyboard; they are the same passphrase.
  const derived = await scryptOf(passphrase.normalize('NFKC'), salt, { N, r, p, maxmem: 160 * N * r });
  const check = createHmac('sha256', derived.subarray(32)).update(header(kdf)).digest();
  return { kdf, key: derived.subarray(0, 32), check };
}

function scryptOf(passphrase: string, salt: Uint8Array, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, 64, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

function header({ name, N, r, p, salt }: LockedSecrets['kdf']): Buffer {
  return Buffer.from(`trailboss-secrets@1 ${name} ${N} ${r} ${p} ${salt.toString('base64')}`);
}
