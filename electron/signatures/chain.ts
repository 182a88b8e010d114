import type { X509Certificate } from 'node:crypto';
import {
  authorityProblem,
  extensionProblem,
  isIssuedBy,
  mayCodeSign,
  readCertificate,
  subjectName,
  timeProblem,
} from './certificate.ts';

export type ChainResult =
  | { readonly ok: true; readonly root: X509Certificate }
  /** `reason` is the end of a sentence: why nobody vouches for the signer. */
  | { readonly ok: false; readonly reason: string };

/** The certificates of an x5c header (RFC 7515, 4.1.6: DER in base64, the signer's first); undefined when one can't be read. */
export function readChain(x5c: readonly string[]): readonly X509Certificate[] | undefined {
  const chain = x5c.map((text) => {
    const der = Buffer.from(text, 'base64');
    return der.toString('base64') === text ? readCertificate(der) : undefined;
  });
  return chain.every((certificate) => certificate !== undefined) ? chain : undefined;
}

/**
 * Whether the chain, taken in its order, leads to one of the roots at `now` and may sign code all the way, as pvr asks Go's crypto/x509
 * for it (libpvr/pvslib.go, JwsVerifyPvs). Each is signed by the next; what follows the one that a root has signed is not looked at.
 */
export function verifyChain(chain: readonly X509Certificate[], roots: readonly X509Certificate[], now: number): ChainResult {
  const [leaf] = chain;
  if (leaf === undefined) return { ok: false, reason: 'it has no certificate' };
  const trusted = roots.find((root) => root.raw.equals(leaf.raw));
  if (trusted !== undefined) return acceptable([leaf], now) ?? { ok: true, root: trusted };
  // A root that was renewed is there twice, with one key: the first way that holds is enough.
  let refused: ChainResult | undefined;
  for (const [at, certificate] of chain.entries()) {
    for (const root of roots) {
      if (!isIssuedBy(certificate, root)) continue;
      const problem = acceptable([...chain.slice(0, at + 1), root], now);
      if (problem === undefined) return { ok: true, root };
      refused ??= problem;
    }
    const next = chain[at + 1];
    if (next === undefined)
      return refused ?? { ok: false, reason: `${subjectName(certificate)} was signed by nobody who is trusted here` };
    if (!isIssuedBy(certificate, next)) {
      return (
        refused ?? { ok: false, reason: `${subjectName(certificate)} was not signed by ${subjectName(next)}, which follows it` }
      );
    }
  }
  return { ok: false, reason: 'its certificates lead to nobody who is trusted here' };
}

/** Undefined when the path, leaf first and root last, may sign code now. */
function acceptable(path: readonly X509Certificate[], now: number): ChainResult | undefined {
  for (const [at, certificate] of path.entries()) {
    const reason =
      timeProblem(certificate, now) ??
      (at === 0 ? undefined : authorityProblem(certificate, at - 1)) ??
      (mayCodeSign(certificate) ? undefined : `${subjectName(certificate)} is not for signing code`) ??
      extensionProblem(certificate);
    if (reason !== undefined) return { ok: false, reason };
  }
  return undefined;
}
