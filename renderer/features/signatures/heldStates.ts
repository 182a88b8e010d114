import type { SignatureReport } from '../../../shared/contract/signature.ts';
import { type Coverage, coverageOf, type SignatureCoverage } from '../../../shared/signatures/coverage.ts';
import { signatureEffects } from '../../../shared/signatures/effect.ts';
import type { StateDocument } from '../../../shared/state/state.ts';

/** So many signatures are remembered. */
const most = 64;

/**
 * The newest state that each signature was seen to hold in, by its own text: what an edit since changed can be named then, also for a
 * signature that was made in this window and that no revision has.
 */
const held = new Map<string, StateDocument>();

/** Remembers a state for the signatures that hold in it. */
export function rememberHeld(report: SignatureReport, state: StateDocument): void {
  const holding = new Set(
    report.signatures.filter(({ verdict }) => verdict === 'valid' || verdict === 'untrusted').map(({ key }) => key),
  );
  for (const signature of coverageOf(state).signatures) {
    const text = textOf(signature);
    if (text === undefined || !holding.has(signature.key)) continue;
    held.delete(text);
    held.set(text, state);
    const [oldest] = held.keys();
    if (held.size > most && oldest !== undefined) held.delete(oldest);
  }
}

/** For each signature that was seen to hold: the entries under it that are not as they were then, sorted. */
export function changedSinceHeld(
  coverage: Coverage,
  keys: ReadonlySet<string>,
  state: StateDocument,
): ReadonlyMap<string, readonly string[]> {
  const changed = new Map<string, readonly string[]>();
  for (const signature of coverage.signatures) {
    const text = keys.has(signature.key) ? textOf(signature) : undefined;
    const before = text === undefined ? undefined : held.get(text);
    if (before === undefined) continue;
    const broken = signatureEffects(before, state).broken.find(({ key }) => key === signature.key);
    if (broken !== undefined) changed.set(signature.key, broken.by);
  }
  return changed;
}

function textOf({ read }: SignatureCoverage): string | undefined {
  return read.ok ? `${read.pvs.protected}.${read.pvs.signature}` : undefined;
}
