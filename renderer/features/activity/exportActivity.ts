import type { ActivityEntry } from '../../../shared/contract/settings.ts';
import { strings } from '../../strings/activity.ts';

export type ActivityFormat = 'csv' | 'json';

interface Exported {
  readonly time: string;
  readonly ended: string;
  readonly by: string;
  readonly device: string;
  readonly kind: string;
  readonly what: string;
  readonly revision: string;
  readonly result: string;
}

/** The entries as a file's text. Times are in UTC (ISO 8601), so that they can be sorted and read anywhere. */
export function activityText(entries: readonly ActivityEntry[], format: ActivityFormat): string {
  const rows = entries.map(exported);
  if (format === 'json') return `${JSON.stringify(rows, null, 2)}\n`;
  const { columns } = strings;
  const head = [
    columns.at,
    columns.endedAt,
    columns.user,
    columns.device,
    columns.kind,
    columns.what,
    columns.revision,
    columns.result,
  ];
  const lines = rows.map((row) => [row.time, row.ended, row.by, row.device, row.kind, row.what, row.revision, row.result]);
  return [head, ...lines].map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}

function exported(entry: ActivityEntry): Exported {
  return {
    time: new Date(entry.at).toISOString(),
    ended: entry.endedAt === undefined ? '' : new Date(entry.endedAt).toISOString(),
    by: entry.user,
    device: entry.deviceName ?? '',
    kind: entry.kind,
    what: entry.what,
    revision: entry.revision ?? '',
    result: entry.result,
  };
}

/** RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe before it. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
