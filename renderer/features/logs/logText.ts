import type { LogEntry } from '../../../shared/contract/logs.ts';
import { sourceOf } from './logSearch.ts';
import { markWords } from './markWords.ts';

/** A line as it is copied and saved: when it was heard, the device's time, revision, level, who, text; tabs between them. */
export function lineText(entry: LogEntry): string {
  if (entry.mark !== undefined) return `— ${markWords(entry)} —`;
  return [
    entry.at === undefined ? '-' : new Date(entry.at).toISOString(),
    deviceText(entry),
    entry.revision ?? '-',
    entry.level || '-',
    sourceOf(entry) || '-',
    entry.text,
  ].join('\t');
}

function deviceText({ deviceAt, uptime }: LogEntry): string {
  if (deviceAt !== undefined) return new Date(deviceAt).toISOString();
  return uptime === undefined ? '-' : `${uptime}s`;
}

/** The columns of a saved log. */
export const fileHead = `${['heard', 'device time', 'revision', 'level', 'source', 'text'].join('\t')}\n`;

/** The name of the file that a log is saved under. */
export function fileName(device: string, now: number, part = ''): string {
  const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(':', '');
  const name = [device, part, stamp].filter((each) => each !== '').join('-');
  return `${name.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replace(/\.log(?=-)/, '')}.log`;
}
