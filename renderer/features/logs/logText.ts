import type { LogEntry } from '../../../shared/contract/logs.ts';
import { sourceOf } from './logSearch.ts';

/** A line as it is copied and saved: hub's time, device's time, revision, level, who, text; tabs between them. */
export function lineText(entry: LogEntry): string {
  const deviceAt = entry.deviceAt === undefined ? '-' : new Date(entry.deviceAt).toISOString();
  return [
    new Date(entry.at ?? 0).toISOString(),
    deviceAt,
    entry.revision ?? '-',
    entry.level,
    sourceOf(entry) || '-',
    entry.text,
  ].join('\t');
}

/** Lines as a file: a head that names the columns, then a line each. */
export function fileText(entries: readonly LogEntry[]): string {
  return `${['hub time', 'device time', 'revision', 'level', 'source', 'text'].join('\t')}\n${entries.map(lineText).join('\n')}\n`;
}

/** The name of the file that a log is saved under. */
export function fileName(device: string, now: number): string {
  const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(':', '');
  return `${device.replaceAll(/[^A-Za-z0-9._-]+/g, '-')}-${stamp}.log`;
}
