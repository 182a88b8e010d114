import { z } from 'zod';
import { create } from 'zustand';
import { becamePlace, called, type Visits, wentTo } from './visitList.ts';

interface VisitStore extends Visits {
  /** What the browser's own entry of the first visit in the list is numbered. */
  readonly first: number;
}

/** The window's way through the screens. A browser tells how long its history is, and not where in it one is. */
export const useVisits = create<VisitStore>()(() => ({ list: [], index: 0, first: 0 }));

const key = 'trailboss:visits';

const Kept = z.object({
  list: z.array(z.object({ place: z.string(), title: z.string() })),
  index: z.number().int().nonnegative(),
  first: z.number().int(),
});

/** Each of the browser's entries carries the number of its visit. */
const Numbered = z.object({ visit: z.number().int() });

function visitOf(state: unknown): number | undefined {
  return Numbered.safeParse(state).data?.visit;
}

const placeNow = () => window.location.hash.replace(/^#/, '') || '/';

/** Begins to follow the window's way; a window that is loaded anew knows the way it came. */
export function followVisits(): void {
  const number = visitOf(history.state);
  const kept = number === undefined ? undefined : keptVisits();
  const index = kept === undefined || number === undefined ? -1 : number - kept.first;
  if (kept?.list[index] !== undefined) take({ ...kept, index });
  else start();
  window.addEventListener('popstate', ({ state }) => arrived(visitOf(state)));
}

/** Tells the visits that a screen was gone to, before the browser is told; answers with the state for the browser's entry. */
export function numberOfNext(place: string, replace: boolean): { readonly visit: number } {
  const { first, ...visits } = useVisits.getState();
  const next = replace ? becamePlace(visits, place) : wentTo(visits, place);
  const dropped = replace ? 0 : visits.index + 2 - next.list.length;
  take({ ...next, first: first + dropped });
  return { visit: first + dropped + next.index };
}

export function nameVisit(title: string): void {
  const { first, ...visits } = useVisits.getState();
  take({ ...called(visits, title), first });
}

/** Back, forward, or a link from outside, which brings an entry that has no number yet. */
function arrived(number: number | undefined): void {
  const { first, list, index } = useVisits.getState();
  if (number === undefined) {
    history.replaceState(numberOfNext(placeNow(), false), '');
    return;
  }
  if (list[number - first] === undefined) start();
  else if (number - first !== index) take({ list, first, index: number - first });
}

function start(): void {
  take({ list: [{ place: placeNow(), title: '' }], index: 0, first: 0 });
  history.replaceState({ visit: 0 }, '');
}

function take(visits: VisitStore): void {
  useVisits.setState(visits);
  try {
    sessionStorage.setItem(key, JSON.stringify(visits));
  } catch {
    return;
  }
}

function keptVisits(): VisitStore | undefined {
  try {
    return Kept.parse(JSON.parse(sessionStorage.getItem(key) ?? ''));
  } catch {
    return undefined;
  }
}
