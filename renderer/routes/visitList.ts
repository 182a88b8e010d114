/** A place that was shown, and what it was called. */
export interface Visit {
  /** Path and search, as they stand in the hash. */
  readonly place: string;
  readonly title: string;
}

/** The window's way so far: back leads to what stands before `index`, forward to what stands after it. */
export interface Visits {
  readonly list: readonly Visit[];
  readonly index: number;
}

/** So many are kept for the list that the back button shows; the browser itself goes back further. */
const longest = 100;

/** Somebody went to a place: what was ahead is gone. */
export function wentTo({ list, index }: Visits, place: string): Visits {
  const way = [...list.slice(0, index + 1), { place, title: '' }];
  const cut = Math.max(0, way.length - longest);
  return { list: way.slice(cut), index: way.length - 1 - cut };
}

/** The address of the present place changed, and the place stays the same. */
export function becamePlace(visits: Visits, place: string): Visits {
  return edited(visits, { place });
}

/** What the present place is called. */
export function called(visits: Visits, title: string): Visits {
  return visits.list[visits.index]?.title === title ? visits : edited(visits, { title });
}

function edited({ list, index }: Visits, change: Partial<Visit>): Visits {
  return { list: list.map((visit, at) => (at === index ? { ...visit, ...change } : visit)), index };
}
