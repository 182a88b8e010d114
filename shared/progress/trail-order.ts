import { hubNumber } from '../state/ids.ts';

/** A revision as far as its place on the trail is concerned. `date` is an ISO time, by the device's clock or by its hub's. */
export interface DatedRevision {
  readonly name: string;
  readonly date: string | undefined;
  readonly onHub?: boolean;
}

/**
 * Oldest first. What is on a hub's trail stands by its number, which no clock can upset; everything else stands by its date between,
 * undated ones first.
 */
export function inTrailOrder<Revision extends DatedRevision>(revisions: readonly Revision[]): readonly Revision[] {
  const numbered = revisions.flatMap((revision) => {
    const number = revision.onHub ? hubNumber(revision.name) : undefined;
    return number === undefined ? [] : [{ revision, number }];
  });
  const ofHub = new Set(numbered.map(({ revision }) => revision));
  const dated = revisions.filter((revision) => !ofHub.has(revision)).sort((a, b) => instant(a) - instant(b) || 0);
  numbered.sort((a, b) => a.number - b.number);
  const ordered: Revision[] = [];
  let at = 0;
  let clock = Number.NEGATIVE_INFINITY;
  for (const { revision } of numbered) {
    clock = Math.max(clock, instant(revision));
    for (let next = dated[at]; next !== undefined && instant(next) < clock; next = dated[at]) {
      ordered.push(next);
      at += 1;
    }
    ordered.push(revision);
  }
  return [...ordered, ...dated.slice(at)];
}

/** Far enough back for everything else, and still a number to subtract. */
const undated = -8.64e15;

function instant({ date }: DatedRevision): number {
  const parsed = Date.parse(date ?? '');
  return Number.isNaN(parsed) ? undated : parsed;
}
