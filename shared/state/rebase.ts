import { canonicalize } from './canonical.ts';
import { CanonicalNumberError } from './canonical-number.ts';
import { type Edited, specFirst } from './edit.ts';
import { readMembers } from './json-members.ts';
import { withMember, withoutMembers } from './splice.ts';
import { parseState, type StateDocument } from './state.ts';

/** An entry that both sides changed, and not to the same. Texts are raw JSON; a side that lacks it has none. */
export interface EntryConflict {
  readonly key: string;
  readonly base?: string;
  readonly mine?: string;
  readonly theirs?: string;
}

/** What two states made of the one that they began from, key by key; `#spec` is a key like any other. All lists are sorted by key. */
export interface Rebase {
  /** Only mine changed these: they go into the result as mine has them. */
  readonly mine: readonly string[];
  /** Only theirs changed these: the result has them already. */
  readonly theirs: readonly string[];
  readonly conflicts: readonly EntryConflict[];
}

export type Side = 'mine' | 'theirs';

/**
 * Holds what `mine` changed since `base` against what `theirs` did, entry by entry. A value that is only written differently (white
 * space, order of keys) counts as unchanged, because a hub hands out every state in canonical form.
 */
export function rebase(base: StateDocument, mine: StateDocument, theirs: StateDocument): Rebase {
  const [from, ours, other] = [rawEntries(base), rawEntries(mine), rawEntries(theirs)];
  const onlyMine: string[] = [];
  const onlyTheirs: string[] = [];
  const conflicts: EntryConflict[] = [];
  for (const key of [...new Set([...from.keys(), ...ours.keys(), ...other.keys()])].sort()) {
    const [before, here, there] = [from.get(key), ours.get(key), other.get(key)];
    const changedHere = !isSame(before, here);
    const changedThere = !isSame(before, there);
    if (changedHere && changedThere && !isSame(here, there)) {
      conflicts.push({
        key,
        ...(before !== undefined && { base: before }),
        ...(here !== undefined && { mine: here }),
        ...(there !== undefined && { theirs: there }),
      });
    } else if (changedHere && !changedThere) onlyMine.push(key);
    else if (changedThere && !changedHere) onlyTheirs.push(key);
  }
  return { mine: onlyMine, theirs: onlyTheirs, conflicts };
}

/**
 * `theirs` with what `mine` changed since `base`, byte for byte as each side has it. Each conflict takes the side that `sides` names
 * for its key; refused where one is missing, or where the result would be no state.
 */
export function rebased(
  base: StateDocument,
  mine: StateDocument,
  theirs: StateDocument,
  sides: Readonly<Record<string, Side>>,
): Edited {
  const plan = rebase(base, mine, theirs);
  const open = plan.conflicts.filter(({ key }) => !Object.hasOwn(sides, key)).map(({ key }) => key);
  if (open.length > 0) return { ok: false, reason: `Both sides changed ${open.join(', ')}, and no side was chosen.` };
  const chosen = plan.conflicts.filter(({ key }) => sides[key] === 'mine').map(({ key }) => key);
  const ours = rawEntries(mine);
  const take = new Map([...plan.mine, ...chosen].map((key) => [key, ours.get(key)]));
  const parsed = parseState(specFirst(withEntries(theirs.text, take)));
  return parsed.ok ? parsed : { ok: false, reason: parsed.reason };
}

/** All members by key, `#spec` too, with the exact text of their values. */
function rawEntries(state: StateDocument): ReadonlyMap<string, string> {
  return new Map(readMembers(state.text).map(({ key, start, end }) => [key, state.text.slice(start, end)]));
}

function withEntries(text: string, take: ReadonlyMap<string, string | undefined>): string {
  let result = '';
  let from = 0;
  const there = new Set<string>();
  for (const { key, start, end } of readMembers(text)) {
    there.add(key);
    const raw = take.get(key);
    if (raw === undefined) continue;
    result += text.slice(from, start) + raw;
    from = end;
  }
  result += text.slice(from);
  result = withoutMembers(result, new Set([...take].flatMap(([key, raw]) => (raw === undefined ? [key] : []))));
  for (const [key, raw] of take) if (raw !== undefined && !there.has(key)) result = withMember(result, key, raw);
  return result;
}

function isSame(a: string | undefined, b: string | undefined): boolean {
  if (a === b) return true;
  return a !== undefined && b !== undefined && writtenAlike(a) === writtenAlike(b);
}

/** A number that has no canonical form within reason is compared as it is written. */
function writtenAlike(raw: string): string {
  try {
    return canonicalize(raw);
  } catch (error) {
    if (error instanceof CanonicalNumberError) return raw;
    throw error;
  }
}
