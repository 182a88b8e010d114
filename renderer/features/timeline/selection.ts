/** At most two revisions: one to act on, two to compare. Newest choice last. */
export type Selection = readonly string[];

const most = 2;

/** Adds or takes out one; a third pushes the oldest choice out. */
export function toggle(selection: Selection, revision: string): Selection {
  if (selection.includes(revision)) return selection.filter((one) => one !== revision);
  return [...selection, revision].slice(-most);
}

/** Keeps the first choice and makes `revision` the second. */
export function extend(selection: Selection, revision: string): Selection {
  const [first] = selection;
  return first === undefined || first === revision ? [revision] : [first, revision];
}

/** Only what is still there, after the timeline changed. */
export function stillThere(selection: Selection, revisions: readonly string[]): Selection {
  const kept = selection.filter((one) => revisions.includes(one));
  return kept.length === selection.length ? selection : kept;
}

/** The two selected ones, older first: that is the direction in which people read a diff. The list is newest first. */
export function olderFirst(selection: Selection, newestFirst: readonly string[]): readonly [string, string] | undefined {
  const [a, b] = selection;
  if (a === undefined || b === undefined) return undefined;
  return newestFirst.indexOf(a) > newestFirst.indexOf(b) ? [a, b] : [b, a];
}
