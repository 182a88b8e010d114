import type { Sha256 } from '../state/ids.ts';
import { mergePatch } from './merge-patch.ts';
import { partRemarks } from './part-remarks.ts';
import { defaultSpec } from './pristine.ts';
import { membersOf, objectsIn, stateWith } from './state-members.ts';

/** What a fragment names: `take` are the parts (none: everything), `leave` what the minus stands before. */
export interface PartsWish {
  readonly take: readonly string[];
  readonly leave: readonly string[];
}

export interface TakeWish extends PartsWish {
  readonly mode: 'get' | 'merge';
  /** By raw prefix, as pvr does it: `app1` also removes `app10/…`. */
  readonly exactCli: boolean;
}

/** What taking parts makes of a state. */
export interface Taken {
  /** Canonical. */
  readonly text: string;
  /** Objects of the entries that were taken over, with an entry that refers to each. */
  readonly objects: ReadonlyMap<Sha256, string>;
  /** Entries that were there before and are not any more. */
  readonly gone: readonly string[];
  /** Sentences for people about what they may not expect. */
  readonly remarks: readonly string[];
}

/** Reads a fragment in plain characters: `p1,p2,-u` (libpvr/repolib.go 1790). */
export function readParts(fragment: string): PartsWish {
  const names = fragment === '' ? [] : fragment.split(',');
  return {
    take: names.filter((name) => !name.startsWith('-')),
    leave: names.filter((name) => name.startsWith('-')).map((name) => name.slice(1)),
  };
}

/** Whether the entry is of the part: the part itself, or what lies in it. A slash at the part's end changes nothing. */
export function isOfPart(key: string, part: string): boolean {
  const folder = part.replace(/\/+$/, '');
  return folder !== '' && (key === folder || key.startsWith(`${folder}/`));
}

/**
 * Takes parts of `remote` into the committed state `before`, as `pvr get` and `pvr merge` do (libpvr/repolib.go 2308-2411): get puts them in
 * place of those that are there, merge adds to them by RFC 7386. What `leave` names goes at last with get, and before the merge with merge.
 * `#spec` stays with parts, and is the remote's without. Both texts are states; throws JsonSyntaxError for one that is no JSON object.
 */
export function takeParts(before: string, remote: string, wish: TakeWish): Taken {
  const here = membersOf(before);
  const there = membersOf(remote);
  const exact = wish.exactCli ? wish : withoutEmpty(wish);
  const matches = wish.exactCli ? (key: string, part: string) => key.startsWith(part) : isOfPart;
  const offered = new Map([...there].filter(([key]) => isOffered(key, exact)));
  const after =
    wish.mode === 'get' ? got(here, offered, exact, matches) : mergedInto(here, offered, exact, matches, wish.exactCli);
  // Without it pvr's commit fails for ever; pvr itself loses it with a comma at the fragment's end.
  if (!after.has('#spec')) after.set('#spec', here.get('#spec') ?? there.get('#spec') ?? defaultSpec);
  const taken = new Map([...offered].filter(([key]) => after.has(key)));
  return {
    text: stateWith(after),
    objects: objectsIn(taken),
    gone: [...here.keys()].filter((key) => !after.has(key)),
    remarks: partRemarks({ here, there, after, wish: exact, isExactCli: wish.exactCli, mode: wish.mode }),
  };
}

type Matches = (key: string, part: string) => boolean;

/** The remote's part is the key itself or what lies in its folder, in pvr as well: only what it removes goes by raw prefix. */
function isOffered(key: string, { take }: PartsWish): boolean {
  return take.length === 0 || take.some((part) => key === part || key.startsWith(part.endsWith('/') ? part : `${part}/`));
}

function got(
  here: ReadonlyMap<string, string>,
  offered: ReadonlyMap<string, string>,
  { take, leave }: PartsWish,
  matches: Matches,
): Map<string, string> {
  const isTaken = (key: string) => take.length === 0 || take.some((part) => matches(key, part));
  const kept = [...here].filter(([key]) => !isTaken(key));
  const all = [...kept, ...[...offered].filter(([key]) => isTaken(key))];
  return new Map(all.filter(([key]) => !leave.some((part) => matches(key, part))));
}

function mergedInto(
  here: ReadonlyMap<string, string>,
  offered: ReadonlyMap<string, string>,
  { leave }: PartsWish,
  matches: Matches,
  isExactCli: boolean,
): Map<string, string> {
  const base = new Map([...here].filter(([key]) => !leave.some((part) => matches(key, part))));
  return isExactCli ? mergedLikePvr(base, offered) : mergedByEntry(base, offered);
}

/** The whole state is one patch for pvr, which reads the result into the map from before: an entry of `null` takes nothing away there. */
function mergedLikePvr(base: ReadonlyMap<string, string>, offered: ReadonlyMap<string, string>): Map<string, string> {
  const patched = membersOf(mergePatch(stateWith(base), stateWith(offered), { likePvr: true }));
  return new Map([...base, ...patched]);
}

/** An entry that is new here comes as it is, also with `null` in it: it is another file's text, and no patch for one that is here. */
function mergedByEntry(base: ReadonlyMap<string, string>, offered: ReadonlyMap<string, string>): Map<string, string> {
  const after = new Map(base);
  for (const [key, raw] of offered) {
    const old = base.get(key);
    const isMerged = old?.startsWith('{') === true && raw.startsWith('{');
    after.set(key, isMerged ? mergePatch(old, raw) : raw);
  }
  return after;
}

function withoutEmpty(wish: TakeWish): PartsWish {
  const named = (part: string) => part.replace(/\/+$/, '') !== '';
  return { take: wish.take.filter(named), leave: wish.leave.filter(named) };
}
