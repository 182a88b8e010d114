import { createPublicKey, type KeyObject, sign, type X509Certificate } from 'node:crypto';
import type { SignatureAlgorithm } from '../../shared/signatures/algorithms.ts';
import { goJson } from '../../shared/signatures/go-json.ts';
import type { Patterns } from '../../shared/signatures/selection.ts';

export interface HeaderParts extends Patterns {
  readonly algorithm: SignatureAlgorithm;
  /** Private or public; the header gets the public one. */
  readonly key: KeyObject;
  readonly chain: readonly X509Certificate[];
}

/**
 * The protected header in base64url, byte for byte as pvr writes it: Go's JSON of a map, with sorted names; the JWK's members in the order
 * of go-jose (kty, crv, x, y, or kty, n, e).
 */
export function protectedHeader({ algorithm, key, include, exclude, chain }: HeaderParts): string {
  const header = {
    alg: algorithm,
    jwk: publicJwk(key.type === 'private' ? createPublicKey(key) : key),
    pvs: { include, exclude },
    typ: 'PVS',
    ...(chain.length > 0 && { x5c: chain.map(({ raw }) => raw.toString('base64')) }),
  };
  return Buffer.from(goJson(header)).toString('base64url');
}

/** The signature in base64url over a header and a payload's text. */
export function signatureOver(
  header: string,
  payload: string,
  { key, algorithm }: Pick<HeaderParts, 'key' | 'algorithm'>,
): string {
  const hash = algorithm === 'ES384' ? 'sha384' : 'sha256';
  return sign(hash, Buffer.from(signingInput(header, payload)), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
}

/** What is signed (RFC 7515, 5.1). */
export function signingInput(header: string, payload: string): string {
  return `${header}.${Buffer.from(payload).toString('base64url')}`;
}

/** A signature's entry in canonical JSON, as pvr writes the file; with a payload as `--with-payload` does. */
export function signatureEntry(header: string, signature: string, payload?: string): string {
  const encoded = payload === undefined ? '' : `"payload":"${Buffer.from(payload).toString('base64url')}",`;
  return `{"#spec":"pvs@2",${encoded}"protected":"${header}","signature":"${signature}"}`;
}

function publicJwk(key: KeyObject): Readonly<Record<string, string | undefined>> {
  const { kty, crv, x, y, n, e } = key.export({ format: 'jwk' });
  return kty === 'RSA' ? { kty, n, e } : { kty, crv, x, y };
}
