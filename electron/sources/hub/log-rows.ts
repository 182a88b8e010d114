import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { LogEntry } from '../../../shared/contract/logs.ts';
import { Count, Instant, OptionalText, Text } from './wire-values.ts';

/** The last instant that a date can be, in milliseconds. */
const lastInstant = 8.64e15;

/** An entry with the device it is from, which is checked: a filter that the hub can't resolve lets all devices through. */
export interface LogRow {
  readonly device: string;
  readonly entry: HubLogEntry;
}

/** The hub always tells when it took a line in. */
export type HubLogEntry = LogEntry & { readonly at: number };

/** Go leaves zeros out: an entry without `tsec` has none (hub: logs/logs-service.go, Entry). */
const Row = z.object({
  id: Text,
  dev: Text,
  'time-created': Instant,
  tsec: Count,
  tnano: Count,
  rev: z
    .union([z.string(), z.number().transform(String)])
    .nullish()
    .catch(undefined),
  plat: OptionalText,
  src: OptionalText,
  lvl: Text,
  msg: Text,
});

function readRow(sent: unknown): LogRow | undefined {
  const parsed = Row.safeParse(sent);
  if (!parsed.success || parsed.data['time-created'] === undefined) return undefined;
  const { id, dev, tsec = 0, tnano = 0, rev, plat, src, lvl, msg } = parsed.data;
  const at = parsed.data['time-created'];
  const deviceAt = Math.floor(tsec * 1000 + tnano / 1e6);
  return {
    device: dev,
    entry: {
      id: isId(id) ? id : contentId([dev, at, tsec, tnano, src, msg]),
      at,
      ...(deviceAt > 0 && deviceAt <= lastInstant ? { deviceAt } : {}),
      ...(rev ? { revision: rev } : {}),
      ...(plat === undefined ? {} : { platform: plat }),
      ...(src === undefined ? {} : { source: src }),
      level: lvl === '' ? 'INFO' : lvl,
      text: msg,
    },
  };
}

/** `entries` is left out when there are none. `sent`: how many came, with those that can't be read, for who counts pages. */
export const LogReply = z.object({ entries: z.array(z.unknown()).nullish() }).transform(({ entries }) => ({
  rows: (entries ?? []).flatMap((entry) => readRow(entry) ?? []),
  sent: entries?.length ?? 0,
}));
export type LogReply = z.infer<typeof LogReply>;

function isId(id: string): boolean {
  return id !== '' && !/^0+$/.test(id);
}

function contentId(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);
}
