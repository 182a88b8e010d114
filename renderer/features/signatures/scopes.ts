import type { SignatureScope } from '../../../shared/contract/signature.ts';
import type { Coverage } from '../../../shared/signatures/coverage.ts';
import { deviceSelector, keysOf, type Patterns, rawKey, select } from '../../../shared/signatures/selection.ts';
import type { StateDocument } from '../../../shared/state/state.ts';

/** A folder at the top of the state: what `pvr sig add --part` signs. */
export interface SignablePart {
  readonly name: string;
  readonly entries: number;
  /** There is a signature of its name. */
  readonly signed: boolean;
}

/** The parts of a state, in the order of the keys. What pvr keeps for itself (`_config`, `_sigs`) is none. */
export function signableParts(state: StateDocument, coverage: Coverage): readonly SignablePart[] {
  const counts = new Map<string, number>();
  for (const { key } of state.entries) {
    const slash = key.indexOf('/');
    const name = key.slice(0, slash);
    if (slash > 0 && name !== '_config' && name !== '_sigs') counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const signed = new Set(coverage.signatures.map(({ name }) => name));
  return [...counts].map(([name, entries]) => ({ name, entries, signed: signed.has(name) }));
}

/** What is to be signed, as it is being chosen. */
export interface ScopeChoice {
  readonly kind: 'part' | 'raw';
  readonly part: string;
  readonly config: boolean;
  readonly name: string;
  /** One pattern on each line. */
  readonly include: string;
  readonly exclude: string;
}

/** Undefined while something is missing. */
export function scopeOf({ kind, part, config, name, include, exclude }: ScopeChoice): SignatureScope | undefined {
  if (kind === 'part') return part === '' ? undefined : { kind, part, config };
  const patterns = linesOf(include);
  return name.trim() === '' || patterns.length === 0
    ? undefined
    : { kind, name: name.trim(), include: [...patterns], exclude: [...linesOf(exclude)] };
}

/** What patterns would cover; whether devices would see the same. */
export type ScopePreview =
  | { readonly ok: true; readonly covers: number; readonly sameOnDevice: boolean }
  | { readonly ok: false; readonly reason: string };

export function previewOf(scope: SignatureScope | undefined, state: StateDocument): ScopePreview | undefined {
  const patterns = scope === undefined ? undefined : patternsOf(scope);
  if (patterns === undefined) return undefined;
  const keys = keysOf(state);
  const chosen = select(patterns, keys);
  if (!chosen.ok) return chosen;
  const covered = new Set(chosen.covered);
  const choose = deviceSelector(patterns);
  const sameOnDevice = keys.every((key) => (choose(rawKey(key)) === 'covered') === covered.has(key));
  return { ok: true, covers: covered.size, sameOnDevice };
}

function patternsOf(scope: SignatureScope): Patterns | undefined {
  switch (scope.kind) {
    case 'part': {
      const { part, config } = scope;
      const include = config ? [`${part}/**`, `_config/${part}/**`] : [`${part}/**`];
      return { include, exclude: [`${part}/src.json`, `_sigs/${part}.json`] };
    }
    case 'raw':
      return { include: scope.include, exclude: [...scope.exclude, `_sigs/${scope.name}.json`] };
    case 'again':
      return undefined;
  }
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
