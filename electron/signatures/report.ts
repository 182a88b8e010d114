import type { SignatureReport, SignatureView } from '../../shared/contract/signature.ts';
import { deviceTakes } from '../../shared/signatures/algorithms.ts';
import { type CoverageOptions, coverageOf, type SignatureCoverage } from '../../shared/signatures/coverage.ts';
import { payloadOfKeys } from '../../shared/signatures/payload.ts';
import type { StateDocument } from '../../shared/state/state.ts';
import { certificateView } from './certificate.ts';
import { stateFrom } from './problems.ts';
import type { Trust } from './trust.ts';
import { verifySignature } from './verify.ts';

/**
 * The signatures of a state, each verified at `now` (milliseconds). `protected`, `excluded` and `notSeen` are those of all signatures that
 * can be read, whether they hold or not: `pvr sig ls` shows them only when all hold, and else ends with 13. Throws BAD_STATE when the text
 * is no state.
 */
export async function signatureReport(
  text: string,
  trust: Trust,
  now: number,
  options: CoverageOptions = {},
): Promise<SignatureReport> {
  const state = stateFrom(text);
  const coverage = coverageOf(state, options);
  const signatures: SignatureView[] = [];
  for (const signature of coverage.signatures) signatures.push(await signatureView(state, signature, trust, now));
  return {
    signatures,
    protected: [...coverage.protected],
    excluded: [...coverage.excluded],
    notSeen: [...coverage.notSeen],
  };
}

/** One signature of a state, verified. */
export async function signatureView(
  state: StateDocument,
  { name, key, read, covers }: SignatureCoverage,
  trust: Trust,
  now: number,
): Promise<SignatureView> {
  if (!read.ok) return unreadable(name, key, `It is no signature that pvr made: ${read.reason}.`);
  const payload = payloadOfKeys(state, covers);
  if (!payload.ok)
    return unreadable(name, key, `What it covers can’t be brought into the form that is signed: ${payload.reason}.`);
  const { verdict, reason, chain, trustedBy } = await verifySignature(read.pvs, payload.text, trust, now);
  const { algorithm, include, exclude } = read.pvs;
  return {
    name,
    key,
    verdict,
    reason,
    algorithm,
    deviceTakesIt: deviceTakes(algorithm),
    include: [...include],
    exclude: [...exclude],
    covers: [...covers],
    chain: chain.map(certificateView),
    ...(trustedBy !== undefined && { trustedBy }),
  };
}

function unreadable(name: string, key: string, reason: string): SignatureView {
  return { name, key, verdict: 'unreadable', reason, deviceTakesIt: false, include: [], exclude: [], covers: [], chain: [] };
}
