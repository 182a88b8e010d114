import { LabelName } from '../../../shared/contract/metadata.ts';
import { hubDeviceStrings as strings } from '../../strings/fleet.ts';

/** One label as typed; `key` tells the rows apart while their names change. */
export interface LabelRow {
  readonly key: number;
  readonly name: string;
  readonly value: string;
}

/** Characters of a label's value. */
export const longestLabelValue = 200;

export function rowsOf(labels: Readonly<Record<string, string>>): readonly LabelRow[] {
  return Object.entries(labels)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, value], key) => ({ key, name, value }));
}

/** The labels that the rows describe, or what is wrong with each name by the row's key. A row without name and value is none. */
export function labelsOf(
  rows: readonly LabelRow[],
):
  | { readonly labels: Readonly<Record<string, string>>; readonly errors?: never }
  | { readonly errors: ReadonlyMap<number, string>; readonly labels?: never } {
  const errors = new Map<number, string>();
  const labels = new Map<string, string>();
  for (const { key, name, value } of rows) {
    const trimmed = name.trim();
    if (trimmed === '' && value.trim() === '') continue;
    if (!LabelName.safeParse(trimmed).success) errors.set(key, strings.labelWrong);
    else if (labels.has(trimmed)) errors.set(key, strings.labelTwice);
    labels.set(trimmed, value.trim());
  }
  return errors.size > 0 ? { errors } : { labels: Object.fromEntries(labels) };
}
