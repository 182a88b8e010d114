import { deviceTakes } from '../../signatures/algorithms.ts';
import { coverageOf, deviceSeesSamePayload, type SignatureCoverage, signatureEntries } from '../../signatures/coverage.ts';
import { saysPvs } from '../../signatures/pvs.ts';
import { manifestAt } from '../../state/manifest.ts';
import type { StateDocument } from '../../state/state.ts';
import type { PreflightFacts, PreflightFinding, PreflightSeverity } from '../preflight-types.ts';
import { exactText } from './manifest-parts.ts';
import { listed, told } from './told.ts';

const checking = 'pantavisor signature.c, pv_signature_verify_pairs';
const covering = 'pantavisor signature.c, pv_signature_all_covered';

/**
 * What the device makes of the signatures. In every mode but `disabled` it refuses a state with one that does not hold, `audit` too; in
 * `strict` it also refuses entries that none names, which `audit` only logs (signature.c, pv_signature_verify). A mode that is not known
 * may be any of them.
 */
export function signatureFindings(state: StateDocument, facts: PreflightFacts): readonly PreflightFinding[] {
  const mode = facts.secureboot;
  if (signatureEntries(state).length === 0 && mode !== 'strict' && mode !== 'audit') return [];
  const coverage = coverageOf(state);
  const verdicts = new Map(facts.signatures?.map((one) => [one.name, one]));
  const findings = coverage.signatures.flatMap((signature): readonly PreflightFinding[] => {
    if (!signature.read.ok) return unreadable(state, signature, signature.read.reason, mode);
    const { algorithm } = signature.read.pvs;
    if (!deviceTakes(algorithm)) return [broken(signature, `The device does not know its algorithm, ${algorithm}.`, mode)];
    const verdict = verdicts.get(signature.name);
    if (verdict?.verdict === 'broken') return [broken(signature, verdict.reason, mode)];
    if (!deviceSeesSamePayload(state, signature)) {
      const reason = 'Its patterns choose other entries on the device than in pvr, so that it does not fit there.';
      return [broken(signature, reason, mode)];
    }
    return [
      ...(verdict?.verdict === 'untrusted' ? untrusted(signature, verdict.reason, mode) : []),
      ...(algorithm.startsWith('ES') && mode !== 'disabled' ? [ecdsa(signature, algorithm)] : []),
    ];
  });
  return [...findings, ...uncovered(coverage.deviceUncovered, coverage.signatures.length, mode)];
}

function broken({ key, name }: SignatureCoverage, reason: string, mode: string | undefined): PreflightFinding {
  return told({
    rule: 'signature-broken',
    severity: severityIn(mode),
    key,
    text: `The signature ${name} does not hold. ${reason} ${endIn(mode, 'Signature validation failed')}`,
    source: checking,
    advice: 'Sign it again, or remove the signature.',
  });
}

/** What is no `pvs@2` with a header and a signature is passed over; what is one and can't be read counts as one that does not hold. */
function unreadable(
  state: StateDocument,
  { key, name }: SignatureCoverage,
  reason: string,
  mode: string | undefined,
): readonly PreflightFinding[] {
  const manifest = manifestAt(state, key);
  const isTaken =
    manifest !== undefined &&
    saysPvs(manifest.raw) &&
    exactText(manifest, 'protected') !== undefined &&
    exactText(manifest, 'signature') !== undefined;
  const end = isTaken ? endIn(mode, 'Signature validation failed') : 'The device passes over it.';
  return [
    told({
      rule: 'signature-unreadable',
      severity: isTaken ? severityIn(mode) : 'notice',
      key,
      text: `${name} is no signature that can be read: ${reason}. ${end}`,
      source: 'pantavisor signature.c, pv_signature_parse_pvs and pv_signature_parse_protected',
      advice: 'Sign it again, or remove it.',
    }),
  ];
}

function untrusted({ key, name }: SignatureCoverage, reason: string, mode: string | undefined): readonly PreflightFinding[] {
  if (mode === 'disabled') return [];
  return [
    told({
      rule: 'signature-untrusted',
      severity: mode === undefined ? 'notice' : 'fails',
      key,
      text: `The signature ${name} fits, and nobody here vouches for its key. ${reason} The device refuses it unless its own trust store does.`,
      source: 'pantavisor signature.c, _parse_validate_certs',
      advice: 'Sign with a key that the device trusts, or add its root to those that are trusted here.',
    }),
  ];
}

/** By reading alone: no device was seen to check one. A JWS holds the two numbers as they are (RFC 7518, 3.4), mbedTLS reads an ASN.1 sequence. */
function ecdsa({ key, name }: SignatureCoverage, algorithm: string): PreflightFinding {
  return told({
    rule: 'signature-ecdsa',
    severity: 'notice',
    key,
    text: `The signature ${name} is ${algorithm}. By the device's code it may not hold there: that hands the bytes of the JWS to mbedTLS, which expects them in another form. No device was seen to check one.`,
    source: 'pantavisor signature.c, pv_signature_verify_sha (mbedtls_pk_verify)',
    advice: 'Try it on one device first, or sign with an RSA key.',
  });
}

function uncovered(keys: readonly string[], signatures: number, mode: string | undefined): readonly PreflightFinding[] {
  const [key] = keys;
  if (key === undefined || mode === 'disabled' || mode === 'lenient') return [];
  if (mode === undefined && signatures === 0) return [];
  const end =
    mode === 'strict'
      ? 'The device refuses it: “State not fully covered by signatures”.'
      : mode === 'audit'
        ? 'The device only logs it: its secureboot mode is audit.'
        : 'A device whose secureboot mode is strict refuses it.';
  return [
    told({
      rule: 'signature-uncovered',
      severity: mode === 'strict' ? 'refused' : 'notice',
      key,
      text: `No signature covers ${listed(keys)}. ${end}`,
      source: covering,
      advice: 'Sign what is missing; a signature of a part never covers #spec.',
    }),
  ];
}

function severityIn(mode: string | undefined): PreflightSeverity {
  if (mode === undefined) return 'fails';
  return mode === 'disabled' ? 'notice' : 'refused';
}

function endIn(mode: string | undefined, message: string): string {
  if (mode === undefined) return 'The device refuses it unless its secureboot is disabled; its mode is not known.';
  return mode === 'disabled' ? 'The device does not look: its secureboot is disabled.' : `The device refuses it: “${message}”.`;
}
