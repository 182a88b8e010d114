import { compareCodePoints } from '../state/canonical.ts';
import type { StateDocument } from '../state/state.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import { sameValue } from './payload.ts';
import { select } from './selection.ts';

/** A signature that stayed as it is while what it covers changed. */
export interface BrokenSignature {
  readonly name: string;
  readonly key: string;
  /** The keys that did it, sorted: changed, added or removed ones. */
  readonly by: readonly string[];
}

/** What an edit does to signatures. Names are sorted. */
export interface SignatureEffects {
  readonly broken: readonly BrokenSignature[];
  /** Signatures that are there in both and were made anew. Whether they hold is not known here. */
  readonly signedAgain: readonly string[];
  readonly added: readonly string[];
  readonly gone: readonly string[];
  /** Keys of both states that a signature protects in one of them only. Keys that were added or removed are not among them. */
  readonly losesCoverage: readonly string[];
  readonly gainsCoverage: readonly string[];
  /** Keys that are new and that no signature protects or excludes, where there are signatures at all. */
  readonly newUncovered: readonly string[];
}

/** Compares two states by what was signed: reformatted JSON and moved entries break nothing for pvr. Linear in the states. */
export function signatureEffects(before: StateDocument, after: StateDocument): SignatureEffects {
  const old = coverageOf(before);
  const now = before.text === after.text ? old : coverageOf(after);
  const oldByKey = new Map(old.signatures.map((signature) => [signature.key, signature]));
  const nowByKey = new Map(now.signatures.map((signature) => [signature.key, signature]));
  const changed = changedKeys(before, after);
  const broken: BrokenSignature[] = [];
  const signedAgain: string[] = [];
  for (const signature of now.signatures) {
    const earlier = oldByKey.get(signature.key);
    if (earlier === undefined) continue;
    if (!isSame(earlier.read, signature.read)) signedAgain.push(signature.name);
    else if (signature.read.ok) {
      const chosen = select(signature.read.pvs, changed);
      const by = chosen.ok ? chosen.covered : [];
      if (by.length > 0) broken.push({ name: signature.name, key: signature.key, by });
    }
  }
  return {
    broken,
    signedAgain,
    added: now.signatures.filter(({ key }) => !oldByKey.has(key)).map(({ name }) => name),
    gone: old.signatures.filter(({ key }) => !nowByKey.has(key)).map(({ name }) => name),
    ...coverageMoves(before, after, old, now),
  };
}

function coverageMoves(before: StateDocument, after: StateDocument, old: Coverage, now: Coverage) {
  const wasProtected = new Set(old.protected);
  const isProtected = new Set(now.protected);
  return {
    losesCoverage: old.protected.filter((key) => !isProtected.has(key) && has(after, key)),
    gainsCoverage: now.protected.filter((key) => !wasProtected.has(key) && has(before, key)),
    newUncovered: now.notSeen.filter((key) => !has(before, key) && !key.startsWith('_sigs/')),
  };
}

/** Keys whose canonical value is not the same in both, sorted as coverage has them. */
function changedKeys(before: StateDocument, after: StateDocument): readonly string[] {
  if (before.text === after.text) return [];
  const changed = after.entries
    .filter((entry) => before.byKey.get(entry.key)?.raw !== entry.raw)
    .map(({ key }) => key)
    .filter((key) => !sameValue(before, after, key));
  const removed = before.entries.filter(({ key }) => !after.byKey.has(key)).map(({ key }) => key);
  return [...changed, ...removed, ...(before.spec === after.spec ? [] : ['#spec'])].sort(compareCodePoints);
}

function isSame(one: Coverage['signatures'][number]['read'], other: Coverage['signatures'][number]['read']): boolean {
  if (!one.ok || !other.ok) return one.ok === other.ok;
  return one.pvs.protected === other.pvs.protected && one.pvs.signature === other.pvs.signature;
}

function has(state: StateDocument, key: string): boolean {
  return key === '#spec' ? state.spec !== undefined : state.byKey.has(key);
}
