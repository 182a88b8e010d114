import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import type { z } from 'zod';
import type { ChainCertificate } from '../../shared/contract/signature.ts';
import { certificateExtensions, pathLength } from './der.ts';

const codeSigningUsage = '1.3.6.1.5.5.7.3.3';
const anyUsage = '2.5.29.37.0';

/** id-ce (2.5.29): keyUsage, subjectAltName, basicConstraints, extKeyUsage. Another critical one is not understood here. */
const understood: ReadonlySet<string> = new Set(['551d0f', '551d11', '551d13', '551d25']);
const basicConstraints = '551d13';

/** A certificate from DER; undefined for what is none. */
export function readCertificate(der: Buffer): X509Certificate | undefined {
  try {
    const certificate = new X509Certificate(der);
    // Bytes behind the certificate belong to nobody.
    return certificate.raw.equals(der) ? certificate : undefined;
  } catch {
    return undefined;
  }
}

export function certificateView(certificate: X509Certificate): z.infer<typeof ChainCertificate> {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    notBefore: instant(certificate.validFrom),
    notAfter: instant(certificate.validTo),
    fingerprint: fingerprintOf(certificate.raw),
    codeSigning: mayCodeSign(certificate),
  };
}

/** `SHA256:…` of a certificate's DER or a key's SPKI, as OpenSSH writes fingerprints. */
export function fingerprintOf(der: Buffer): string {
  return `SHA256:${createHash('sha256').update(der).digest('base64').replace(/=+$/, '')}`;
}

export function keyFingerprint(key: KeyObject): string {
  return fingerprintOf(key.export({ type: 'spki', format: 'der' }));
}

/** Without usages a certificate may be used for anything, as Go's crypto/x509 has it. */
export function mayCodeSign({ keyUsage }: X509Certificate): boolean {
  return isAbsent(keyUsage) || keyUsage.includes(codeSigningUsage) || keyUsage.includes(anyUsage);
}

/** Why the certificate can't be used at `now`, as the end of a sentence; undefined when it can. */
export function timeProblem(certificate: X509Certificate, now: number): string | undefined {
  if (now > instant(certificate.validTo)) return `${subjectName(certificate)} expired on ${day(certificate.validTo)}`;
  if (now < instant(certificate.validFrom))
    return `${subjectName(certificate)} is not valid before ${day(certificate.validFrom)}`;
  return undefined;
}

/** Why it is no CA that may stand above so many other CAs. */
export function authorityProblem(certificate: X509Certificate, casBelow: number): string | undefined {
  if (!certificate.ca) return `${subjectName(certificate)} is no certificate authority`;
  const constraints = certificateExtensions(certificate.raw).find(({ oid }) => oid === basicConstraints);
  const limit = constraints === undefined ? undefined : pathLength(constraints.value);
  return limit !== undefined && casBelow > limit ? `${subjectName(certificate)} allows no further authority below it` : undefined;
}

/** Why its limits are not understood here, so that it can't be relied on. */
export function extensionProblem(certificate: X509Certificate): string | undefined {
  const unknown = certificateExtensions(certificate.raw).some(({ oid, critical }) => critical && !understood.has(oid));
  return unknown ? `${subjectName(certificate)} has a critical extension that is not understood` : undefined;
}

/** Whether `issuer` signed `certificate`, by name, key identifier, key usage and the signature itself. No SHA-1, no MD5. */
export function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  if (/sha1|md5|md2/i.test(certificate.signatureAlgorithm ?? '')) return false;
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

/** What a person calls it: its common name, else everything it says of itself. */
export function subjectName(certificate: X509Certificate): string {
  return /^CN=(.+)$/m.exec(certificate.subject)?.[1] ?? oneLine(certificate.subject);
}

function oneLine(name: string | undefined): string {
  return (name ?? '').replaceAll('\n', ', ');
}

/** OpenSSL writes times as `Jan  1 00:00:00 2020 GMT`. */
function instant(time: string): number {
  return Math.max(0, Date.parse(time));
}

function day(time: string): string {
  return new Date(instant(time)).toISOString().slice(0, 10);
}

/** Node leaves it out where the certificate names no usages, against its own types. */
function isAbsent(usages: readonly string[] | undefined): boolean {
  return usages === undefined;
}
