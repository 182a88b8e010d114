import { compareCodePoints, quote } from '../state/canonical.ts';
import type { StateDocument } from '../state/state.ts';
import { deviceMatcher } from './device-glob.ts';
import { BadPatternError, type GlobBudget, globBudget, globMatcher, type KeyMatcher } from './glob.ts';

/** What a signature's patterns make of one key: taken by an include and no exclude, by an exclude, or by none. */
export type Selected = 'covered' | 'excluded' | 'unseen';

export interface Patterns {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** Throws BadPatternError where pvr stops with an error. */
export type Selector = (key: string) => Selected;

/** As pvr chooses (libpvr/pvslib.go, selectPayload): an exclude is stronger than any include, and counts without one. */
export function selector({ include, exclude }: Patterns, budget: GlobBudget = globBudget()): Selector {
  return chosen(
    include.map((pattern) => globMatcher(pattern, budget)),
    exclude.map((pattern) => globMatcher(pattern, budget)),
  );
}

/** As the device chooses (pantavisor signature.c, pv_signature_filter_files). Patterns and keys are the source texts of strings. */
export function deviceSelector({ include, exclude }: Patterns): Selector {
  return chosen(include.map(deviceMatcher), exclude.map(deviceMatcher));
}

function chosen(includes: readonly KeyMatcher[], excludes: readonly KeyMatcher[]): Selector {
  return (key) => {
    const isIncluded = includes.some((matches) => matches(key));
    if (excludes.some((matches) => matches(key))) return 'excluded';
    return isIncluded ? 'covered' : 'unseen';
  };
}

/** Every key of a state, `#spec` too, sorted as Go sorts texts. */
export function keysOf(state: StateDocument): readonly string[] {
  const keys = state.entries.map(({ key }) => key);
  if (state.spec !== undefined) keys.push('#spec');
  return keys.sort(compareCodePoints);
}

/** A key as it stands between quotes in canonical JSON: what the device compares. */
export function rawKey(key: string): string {
  return quote(key).slice(1, -1);
}

/** The keys that pvr puts under each heading; `reason` where a pattern can't be read. */
export function select(
  patterns: Patterns,
  keys: readonly string[],
  budget?: GlobBudget,
):
  | { readonly ok: true; readonly covered: readonly string[]; readonly excluded: readonly string[] }
  | { readonly ok: false; readonly reason: string } {
  const choose = selector(patterns, budget);
  const covered: string[] = [];
  const excluded: string[] = [];
  try {
    for (const key of keys) {
      const choice = choose(key);
      if (choice === 'covered') covered.push(key);
      else if (choice === 'excluded') excluded.push(key);
    }
  } catch (error) {
    if (error instanceof BadPatternError) return { ok: false, reason: error.message };
    throw error;
  }
  return { ok: true, covered, excluded };
}
