/** Log entries as the hub keeps them (hub: logs/logs-service.go, Entry). */
import { type HubDatabase, numberOf, type Row, textOf } from './database.ts';
import { newObjectId } from './ids.ts';
import { objectText, quote } from './json-text.ts';
import { loggedTime } from './times.ts';

export interface LogEntry {
  readonly id: string;
  /** prns of the device and of its owner. */
  readonly dev: string;
  readonly own: string;
  /** When the hub took it in, milliseconds since 1970. */
  readonly created: number;
  readonly tsec: number;
  readonly tnano: number;
  readonly rev: string;
  readonly plat: string;
  readonly src: string;
  readonly lvl: string;
  readonly msg: string;
}

export interface LogRecords {
  add(entry: Omit<LogEntry, 'id'>): void;
  /** An owner's, in the order in which an index of three shards gives them out. */
  of(owner: string, between: { readonly after: number; readonly before: number }): readonly LogEntry[];
}

export function openLogs(database: HubDatabase, now: () => number): LogRecords {
  return {
    add(entry) {
      database.run(
        'INSERT INTO logs VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        ...[newObjectId(now()), entry.dev, entry.own, entry.created, entry.tsec, entry.tnano],
        ...[entry.rev, entry.plat, entry.src, entry.lvl, entry.msg],
      );
    },
    of: (owner, { after, before }) =>
      database
        .all('SELECT * FROM logs WHERE own = ? AND created > ? AND created < ? ORDER BY at % 3, at', owner, after, before)
        .map(entryOf),
  };
}

function entryOf(row: Row): LogEntry {
  return {
    id: textOf(row, 'id'),
    dev: textOf(row, 'dev'),
    own: textOf(row, 'own'),
    created: numberOf(row, 'created'),
    tsec: numberOf(row, 'tsec'),
    tnano: numberOf(row, 'tnano'),
    rev: textOf(row, 'rev'),
    plat: textOf(row, 'plat'),
    src: textOf(row, 'src'),
    lvl: textOf(row, 'lvl'),
    msg: textOf(row, 'msg'),
  };
}

/** Empty texts and zeros are left out. */
export function entryText(entry: LogEntry): string {
  const text = (key: string, value: string): Record<string, string> => (value === '' ? {} : { [key]: quote(value) });
  return objectText({
    id: quote(entry.id),
    ...text('dev', entry.dev),
    ...text('own', entry.own),
    'time-created': quote(loggedTime(entry.created, entry.id)),
    ...(entry.tsec === 0 ? {} : { tsec: String(entry.tsec) }),
    ...(entry.tnano === 0 ? {} : { tnano: String(entry.tnano) }),
    ...text('rev', entry.rev),
    ...text('plat', entry.plat),
    ...text('src', entry.src),
    ...text('lvl', entry.lvl),
    ...text('msg', entry.msg),
  });
}
