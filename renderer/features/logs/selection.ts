import type { LogBuffer } from './logBuffer.ts';
import { lineText } from './logText.ts';

/** Lines by their numbers: from where it began to where it was drawn to, either way. */
export interface Selection {
  readonly from: number;
  readonly head: number;
}

export function isSelected(selection: Selection | undefined, seq: number): boolean {
  if (selection === undefined) return false;
  return seq >= Math.min(selection.from, selection.head) && seq <= Math.max(selection.from, selection.head);
}

/** How many of the lines in view are selected. */
export function selectedCount({ view }: LogBuffer, selection: Selection): number {
  const low = Math.min(selection.from, selection.head);
  const high = Math.max(selection.from, selection.head);
  return view.placeOf(high + 1) - view.placeOf(low);
}

/** The selected lines of those in view, as they are copied. */
export function selectedText(buffer: LogBuffer, selection: Selection): string {
  const low = Math.min(selection.from, selection.head);
  const high = Math.max(selection.from, selection.head);
  return textOfPlaces(buffer, buffer.view.placeOf(low), buffer.view.placeOf(high + 1));
}

/** The lines in view from one place to before another. */
export function textOfPlaces(buffer: LogBuffer, from: number, to: number): string {
  const lines: string[] = [];
  for (let place = from; place < to; place += 1) {
    const entry = buffer.get(buffer.view.at(place) ?? Number.NaN);
    if (entry !== undefined) lines.push(lineText(entry));
  }
  return lines.join('\n');
}
