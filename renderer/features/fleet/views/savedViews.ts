import { z } from 'zod';
import type { Sorting } from '../../../ui/tableColumn.ts';
import { plainLayout, TableLayout } from '../../../ui/tableLayout.ts';

/** How the table stands: what it is sorted by, and its columns. */
export const TableLook = z.object({
  sort: z.object({ id: z.string(), desc: z.boolean() }).nullable(),
  layout: TableLayout,
});
export type TableLook = z.infer<typeof TableLook>;

/** A filter under a name, with the table as it stood. */
export const SavedView = TableLook.extend({ id: z.string().min(1), name: z.string().min(1), filter: z.string() });
export type SavedView = z.infer<typeof SavedView>;

export const plainLook: TableLook = { sort: { id: 'name', desc: false }, layout: plainLayout };

/** The views that are always there, in their order; they share one look of the table. */
export const builtInViews = [
  { id: 'all', filter: '' },
  { id: 'attention', filter: 'status:attention' },
] as const;
export type BuiltInView = (typeof builtInViews)[number]['id'];

/** Characters. */
export const longestViewName = 60;
/** More are no tabs any more; also, what a device belongs to is counted in the bits of one number. */
export const mostViews = 24;

export interface ViewPlace {
  readonly id: string;
  readonly filter: string;
}

/** The view of an id with the filter that it was saved with; all devices where there is none. */
export function viewOf(id: string, own: readonly SavedView[]): ViewPlace {
  return builtInViews.find((view) => view.id === id) ?? own.find((view) => view.id === id) ?? builtInViews[0];
}

export function lookOf(id: string, own: readonly SavedView[], shared: TableLook): TableLook {
  return own.find((view) => view.id === id) ?? shared;
}

export function sortOf(look: TableLook): Sorting | undefined {
  return look.sort ?? undefined;
}

/** Moves a view by so many places among the own ones. */
export function movedView(own: readonly SavedView[], id: string, step: number): readonly SavedView[] {
  const from = own.findIndex((view) => view.id === id);
  const [view] = own.slice(from, from + 1);
  if (from === -1 || view === undefined) return own;
  const to = Math.max(0, Math.min(own.length - 1, from + step));
  return own.toSpliced(from, 1).toSpliced(to, 0, view);
}

/** What an address says of the fleet: its search part, from `addressOf`. Undefined where it says nothing. */
export function placeIn(search: string, own: readonly SavedView[]): ViewPlace | undefined {
  const words = new URLSearchParams(search);
  const [view, filter] = [words.get('view'), words.get('filter')];
  if (view === null && filter === null) return undefined;
  const found = viewOf(view ?? 'all', own);
  return { id: found.id, filter: filter ?? found.filter };
}

/** The search part of an address that shows a view with a filter. An own view's filter is in it, so that it works elsewhere too. */
export function addressOf({ id, filter }: ViewPlace): { readonly view?: string; readonly filter?: string } {
  const builtIn = builtInViews.find((view) => view.id === id);
  return {
    ...(id !== 'all' && { view: id }),
    ...(filter !== builtIn?.filter && { filter }),
  };
}
