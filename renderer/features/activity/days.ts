import type { ActivityEntry } from '../../../shared/contract/settings.ts';
import { strings } from '../../strings/activity.ts';

/** A line of the list: the name of a day, or what was done on it. */
export type ActivityLine =
  | { readonly kind: 'day'; readonly key: string; readonly text: string }
  | { readonly kind: 'entry'; readonly key: string; readonly entry: ActivityEntry };

/** The entries, newest first, each day under its name. `now` says which one is today. */
export function linesByDay(entries: readonly ActivityEntry[], now: number): readonly ActivityLine[] {
  const lines: ActivityLine[] = [];
  let day = '';
  for (const entry of entries) {
    const own = dayOf(entry.at);
    if (own !== day) lines.push({ kind: 'day', key: own, text: dayText(entry.at, now) });
    day = own;
    lines.push({ kind: 'entry', key: String(entry.id), entry });
  }
  return lines;
}

function dayOf(at: number): string {
  return new Date(at).toDateString();
}

const dayFormat = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

function dayText(at: number, now: number): string {
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (dayOf(at) === dayOf(now)) return strings.today;
  return dayOf(at) === yesterday.toDateString() ? strings.yesterday : dayFormat.format(at);
}
