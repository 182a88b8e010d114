import type { RebaseConflict } from '../../../../shared/contract/draft.ts';

export type Side = 'mine' | 'theirs';

/** Which side each conflict takes, as far as the person has said. */
export type Sides = Readonly<Record<string, Side>>;

/** The conflicts that are still to be decided, in order. */
export function undecided(conflicts: readonly RebaseConflict[], sides: Sides): readonly RebaseConflict[] {
  return conflicts.filter(({ key }) => sides[key] === undefined);
}

/** Every conflict on one side. */
export function allTo(conflicts: readonly RebaseConflict[], side: Side): Sides {
  return Object.fromEntries(conflicts.map(({ key }) => [key, side]));
}

/** Sides for the conflicts that there are now: what was said of one that is gone, or that changed, is forgotten. */
export function stillFor(before: readonly RebaseConflict[], now: readonly RebaseConflict[], sides: Sides): Sides {
  const same = new Set(before.map(fingerprint));
  return Object.fromEntries(
    now.flatMap((conflict) => {
      const side = sides[conflict.key];
      return side !== undefined && same.has(fingerprint(conflict)) ? [[conflict.key, side]] : [];
    }),
  );
}

function fingerprint({ key, mine, theirs }: RebaseConflict): string {
  return JSON.stringify([key, mine, theirs]);
}
