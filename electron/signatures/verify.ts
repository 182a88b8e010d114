import { createPublicKey, type KeyObject, type X509Certificate } from 'node:crypto';
import { errors, flattenedVerify } from 'jose';
import type { SignatureVerdict } from '../../shared/contract/signature.ts';
import { parseAlgorithm, type SignatureAlgorithm } from '../../shared/signatures/algorithms.ts';
import type { PvsSignature } from '../../shared/signatures/pvs.ts';
import { subjectName } from './certificate.ts';
import { type ChainResult, readChain, verifyChain } from './chain.ts';
import type { Trust, TrustedKey } from './trust.ts';

export interface Verified {
  readonly verdict: SignatureVerdict;
  /** A sentence. */
  readonly reason: string;
  readonly chain: readonly X509Certificate[];
  readonly trustedBy?: string;
}

/** RSA keys shorter than this are not safe, and jose takes none (RFC 7518, 3.3). */
const shortestRsa = 2048;

/**
 * Verifies a signature over its payload's text as pvr does (libpvr/pvslib.go, JwsVerifyPvs): by the key of its first certificate when the
 * chain leads to a trusted root; without certificates by every trusted root that may sign code; and by the trusted keys. The key that a
 * signature brings itself proves only that it fits: `untrusted`.
 */
export async function verifySignature(pvs: PvsSignature, payload: string, trust: Trust, now: number): Promise<Verified> {
  const algorithm = parseAlgorithm(pvs.algorithm);
  if (algorithm === undefined) {
    return {
      verdict: 'unreadable',
      reason: `Its algorithm ${JSON.stringify(pvs.algorithm)} is none that pvr signs with.`,
      chain: [],
    };
  }
  const chain = pvs.x5c === undefined ? [] : readChain(pvs.x5c);
  if (chain === undefined) return { verdict: 'unreadable', reason: 'One of its certificates can’t be read.', chain: [] };
  const led = chain.length > 0 ? verifyChain(chain, trust.roots, now) : undefined;
  for (const { key, name } of trustedKeys(chain, led, trust, now)) {
    if (await fits(pvs, payload, algorithm, key))
      return { verdict: 'valid', reason: `Signed by ${name}.`, chain, trustedBy: name };
  }
  return { ...(await withoutTrust(pvs, payload, algorithm, chain, led)), chain };
}

function trustedKeys(
  chain: readonly X509Certificate[],
  led: ChainResult | undefined,
  { roots, keys }: Trust,
  now: number,
): readonly TrustedKey[] {
  const [leaf] = chain;
  if (leaf !== undefined && led?.ok) {
    return [{ key: leaf.publicKey, name: `${subjectName(leaf)}, whom ${subjectName(led.root)} vouches for` }, ...keys];
  }
  if (led !== undefined) return keys;
  const signing = roots.filter((root) => verifyChain([root], roots, now).ok);
  return [...signing.map((root) => ({ key: root.publicKey, name: subjectName(root) })), ...keys];
}

/** Nobody who is trusted signed this. Whether it fits anyway tells a stranger from a change. */
async function withoutTrust(
  pvs: PvsSignature,
  payload: string,
  algorithm: SignatureAlgorithm,
  [leaf]: readonly X509Certificate[],
  led: ChainResult | undefined,
): Promise<Pick<Verified, 'verdict' | 'reason'>> {
  const brought = pvs.jwk === undefined ? undefined : publicJwk(pvs.jwk);
  const byLeaf = leaf !== undefined && (await fits(pvs, payload, algorithm, leaf.publicKey));
  if (byLeaf) {
    const reason = led === undefined || led.ok ? 'nobody here trusts its signer' : led.reason;
    return { verdict: 'untrusted', reason: `It fits, but ${reason}.` };
  }
  const byBrought = brought !== undefined && (await fits(pvs, payload, algorithm, brought));
  if (leaf !== undefined && byBrought) {
    return { verdict: 'broken', reason: `It was made by another key than that of its certificate (${subjectName(leaf)}).` };
  }
  if (byBrought)
    return { verdict: 'untrusted', reason: 'It fits the key that it brings itself, and nobody here trusts that key.' };
  if (leaf === undefined && brought === undefined) {
    return {
      verdict: 'untrusted',
      reason: 'It brings no key, and none that is trusted here fits: nobody can tell whether it holds.',
    };
  }
  return {
    verdict: 'broken',
    reason: 'It does not fit what it covers: an entry was changed after it was signed, or the signature was.',
  };
}

/** jose refuses what the algorithm does not allow, `crit` and `b64` among it; anything that goes wrong is a signature that does not fit. */
async function fits(pvs: PvsSignature, payload: string, algorithm: SignatureAlgorithm, key: KeyObject): Promise<boolean> {
  if (!isKeyFor(key, algorithm)) return false;
  const jws = { protected: pvs.protected, payload: Buffer.from(payload).toString('base64url'), signature: pvs.signature };
  try {
    await flattenedVerify(jws, key, { algorithms: [algorithm] });
    return true;
  } catch (error) {
    if (error instanceof errors.JOSEError) return false;
    throw error;
  }
}

/** Whether the algorithm is one for this key: an EC key on its own curve, an RSA key that is long enough. */
export function isKeyFor(key: KeyObject, algorithm: SignatureAlgorithm): boolean {
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {};
  switch (algorithm) {
    case 'RS256':
      return key.asymmetricKeyType === 'rsa' && modulusLength >= shortestRsa;
    case 'ES256':
      return key.asymmetricKeyType === 'ec' && namedCurve === 'prime256v1';
    case 'ES384':
      return key.asymmetricKeyType === 'ec' && namedCurve === 'secp384r1';
  }
}

function publicJwk(jwk: Readonly<Record<string, string>>): KeyObject | undefined {
  const { kty, crv, x, y, n, e } = jwk;
  try {
    return createPublicKey({
      key: kty === 'RSA' ? { kty, n: n ?? '', e: e ?? '' } : { kty: 'EC', crv: crv ?? '', x: x ?? '', y: y ?? '' },
      format: 'jwk',
    });
  } catch {
    return undefined;
  }
}
