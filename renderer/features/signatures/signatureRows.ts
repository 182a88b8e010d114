import type { SignatureReport, SignatureVerdict, SignatureView } from '../../../shared/contract/signature.ts';
import type { Coverage, SignatureCoverage } from '../../../shared/signatures/coverage.ts';
import type { SignatureEffects } from '../../../shared/signatures/effect.ts';

/** A signature with what is known of it at this moment. */
export interface SignatureRow {
  readonly kind: 'signature';
  readonly id: string;
  readonly name: string;
  readonly verdict: SignatureVerdict | 'checking';
  readonly coverage: SignatureCoverage;
  /** What verifying said, of this state or of the one before the last edit. */
  readonly view: SignatureView | undefined;
  /** Entries that changed since the base, where the signature did not. */
  readonly brokenBy: readonly string[];
}

export type GroupKind = 'unsigned' | 'excluded' | 'device';

/** Entries that are no signature's, or that pvr and devices see differently. */
export interface GroupRow {
  readonly kind: 'group';
  readonly id: string;
  readonly group: GroupKind;
  readonly keys: readonly string[];
}

export type Row = SignatureRow | GroupRow;

/**
 * The rows of the list. `report` was made for the state that `since` counts from: a signature that an edit broke since is broken at
 * once, one that was made anew is being checked, and all others are what they were.
 */
export function signatureRows(
  coverage: Coverage,
  report: SignatureReport | undefined,
  since: SignatureEffects,
  sinceBase: SignatureEffects | undefined,
): readonly Row[] {
  const views = new Map(report?.signatures.map((view) => [view.key, view]));
  const broken = new Set(since.broken.map(({ key }) => key));
  const fresh = new Set([...since.signedAgain, ...since.added]);
  const byEdits = new Map(sinceBase?.broken.map(({ key, by }) => [key, by]));
  const rows = coverage.signatures.map((signature): SignatureRow => {
    const view = views.get(signature.key);
    const verdict = broken.has(signature.key) ? 'broken' : fresh.has(signature.name) ? 'checking' : (view?.verdict ?? 'checking');
    const { name, key } = signature;
    return { kind: 'signature', id: key, name, verdict, coverage: signature, view, brokenBy: byEdits.get(key) ?? [] };
  });
  const unsigned = coverage.signatures.length === 0 ? [] : coverage.notSeen.filter((key) => !key.startsWith('_sigs/'));
  const otherwise = new Set(coverage.signatures.flatMap(({ onlyDevice, onlyPvr }) => [...onlyDevice, ...onlyPvr]));
  return [
    ...rows,
    ...group('unsigned', unsigned),
    ...group('excluded', coverage.excluded),
    ...group('device', [...otherwise].sort()),
  ];
}

function group(kind: GroupKind, keys: readonly string[]): readonly GroupRow[] {
  return keys.length === 0 ? [] : [{ kind: 'group', id: `group ${kind}`, group: kind, keys }];
}

/** Signatures that can be signed again because they do not hold. */
export function brokenNames(rows: readonly Row[]): readonly string[] {
  return rows.flatMap((row) => (row.kind === 'signature' && row.verdict === 'broken' ? [row.name] : []));
}

/** Who made it, as far as it is known: the name on the certificate, or whom it is trusted by. */
export function signerOf({ view }: SignatureRow): string | undefined {
  const [leaf] = view?.chain ?? [];
  return leaf === undefined ? view?.trustedBy : commonName(leaf.subject);
}

/** `CN` of a subject that is written on one line. */
export function commonName(subject: string): string {
  return /(?:^|, )CN=([^,]+)/.exec(subject)?.[1] ?? subject;
}
