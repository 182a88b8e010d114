import { containerFolders, type Part, partLabel, partOf } from '../../../shared/state/parts.ts';
import { parseState, type StateEntry } from '../../../shared/state/state.ts';
import { strings } from '../../strings/device.ts';

/** One entry of a state in the list, below the part that it is shown under. */
export interface StateRow {
  readonly entry: StateEntry;
  readonly part: string;
  /** The first entry of its part: the list says the part's name once. */
  readonly firstOfPart: boolean;
}

export type StateRows =
  | { readonly kind: 'rows'; readonly rows: readonly StateRow[] }
  | { readonly kind: 'unreadable'; readonly reason: string };

const kindOrder: { readonly [K in Part['kind']]: number } = { bsp: 0, container: 1, root: 2 };

/** The entries of a state by part: bsp first, then containers by name, then what belongs to none. */
export function stateRows(text: string): StateRows {
  const parsed = parseState(text);
  if (!parsed.ok) return { kind: 'unreadable', reason: parsed.reason };
  const folders = containerFolders(parsed.state);
  const entries = parsed.state.entries
    .map((entry) => ({ entry, part: partOf(entry.key, folders) }))
    .sort(
      (a, b) =>
        kindOrder[a.part.kind] - kindOrder[b.part.kind] ||
        compare(partLabel(a.part), partLabel(b.part)) ||
        compare(a.entry.key, b.entry.key),
    );
  return {
    kind: 'rows',
    rows: entries.map(({ entry, part }, index) => ({
      entry,
      part: part.kind === 'root' ? strings.noPart : partLabel(part),
      firstOfPart: entries[index - 1]?.part.id !== part.id,
    })),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
