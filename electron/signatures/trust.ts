import { createPublicKey, type KeyObject, type X509Certificate } from 'node:crypto';
import { certificateView, fingerprintOf, keyFingerprint, readCertificate, subjectName } from './certificate.ts';
import { pemBlocks } from './pem.ts';

/** Whom signatures are trusted from: as `--cacerts` and `--pubkey` of pvr, both at once. */
export interface Trust {
  readonly roots: readonly X509Certificate[];
  readonly keys: readonly TrustedKey[];
}

export interface TrustedKey {
  readonly key: KeyObject;
  readonly name: string;
}

export const noTrust: Trust = { roots: [], keys: [] };

/** Something that PEM text holds and that can be trusted. */
export interface FoundAnchor {
  readonly kind: 'root' | 'key';
  readonly name: string;
  readonly fingerprint: string;
  readonly notAfter?: number;
  readonly pem: string;
}

export interface FoundAnchors {
  readonly anchors: readonly FoundAnchor[];
  readonly hasPrivateKey: boolean;
}

/** Certificates and public keys in a PEM text. What can't be read is left out, as pvr leaves it out. */
export function anchorsIn(pem: string): FoundAnchors {
  const blocks = pemBlocks(pem);
  const anchors = blocks.flatMap(({ label, der, text }): readonly FoundAnchor[] => {
    if (label === 'CERTIFICATE') {
      const certificate = readCertificate(der);
      if (certificate === undefined) return [];
      const { fingerprint, notAfter } = certificateView(certificate);
      return [{ kind: 'root', name: subjectName(certificate), fingerprint, notAfter, pem: text }];
    }
    const key = label.endsWith('PUBLIC KEY') ? readPublicKey(text) : undefined;
    return key === undefined ? [] : [{ kind: 'key', name: keyName(key), fingerprint: keyFingerprint(key), pem: text }];
  });
  return { anchors, hasPrivateKey: blocks.some(({ label }) => label.includes('PRIVATE KEY')) };
}

/** What to trust, from PEM texts. */
export function trustFrom(anchors: readonly Pick<FoundAnchor, 'kind' | 'name' | 'pem'>[]): Trust {
  const roots = anchors.flatMap(({ kind, pem }) => {
    const [block] = kind === 'root' ? pemBlocks(pem) : [];
    return (block && readCertificate(block.der)) ?? [];
  });
  const keys = anchors.flatMap(({ kind, pem, name }) => {
    const key = kind === 'key' ? readPublicKey(pem) : undefined;
    return key === undefined ? [] : [{ key, name }];
  });
  return { roots, keys };
}

/** The trust that `pvr sig --cacerts ROOTS` or `--pubkey KEYS` asks for, from the files' texts. */
export function trustFromPem(pem: { readonly cacerts?: string | undefined; readonly pubkeys?: string | undefined }): Trust {
  const { roots } = trustFrom(anchorsIn(pem.cacerts ?? '').anchors);
  const { keys } = trustFrom(anchorsIn(pem.pubkeys ?? '').anchors);
  return { roots, keys };
}

/** Undefined for what is no public key in PEM. */
export function readPublicKey(pem: string): KeyObject | undefined {
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
}

/** RSA by its bits, EC by its curve, with the beginning of its fingerprint. */
export function keyName(key: KeyObject): string {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  const kind = modulusLength === undefined ? (namedCurve ?? key.asymmetricKeyType ?? 'key') : `RSA ${modulusLength}`;
  return `${kind} ${fingerprintOf(key.export({ type: 'spki', format: 'der' })).slice('SHA256:'.length, 'SHA256:'.length + 8)}`;
}
