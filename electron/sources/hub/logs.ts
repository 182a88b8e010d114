import { z } from 'zod';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import type { HubDeviceId } from '../../../shared/contract/hub.ts';
import type { LogFilter } from '../../../shared/contract/logs.ts';
import { pause } from '../../net/deadline.ts';
import type { HubApi } from './api.ts';
import type { HubClient } from './hub.ts';
import { type HubLogEntry, LogReply, type LogRow } from './log-rows.ts';
import { devicePrn } from './wire-values.ts';
import { hubError } from './words.ts';

const logMs = 30_000;
const logBytes = 64 * 1024 * 1024;
/** What Elasticsearch gives at most in one piece. */
const mostInOne = 10_000;
const tailPage = 1000;
const tailMs = 2000;
const slowestTailMs = 30_000;
/** Entries become visible some seconds after the time that they are stamped with: so far back each question goes. */
const tailOverlapMs = 15_000;

/** Where older entries go on: those of the boundary's own millisecond that were given already, which come again. */
const Older = z.object({ before: z.number(), given: z.array(z.string()) });

export type LogCalls = Pick<HubClient, 'logs' | 'tailLogs'>;

/** `/logs`: by when the hub took them in, which is the only time that can be asked for. */
export function logCalls(api: HubApi): LogCalls {
  /** The hub keeps its logs in Elasticsearch, which has no order of its own, or in MongoDB, which can't sort downwards if told to. */
  let sortsDownwards = true;

  async function ask(
    id: HubDeviceId,
    filter: LogFilter,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<LogReply> {
    const params = new URLSearchParams({ dev: devicePrn(id), ...listed(filter), ...query });
    const call = { method: 'GET', path: `/logs/?${params}`, signal, timeoutMs: logMs, maxBytes: logBytes } as const;
    return api.json(call, LogReply, { doing: 'to show the logs' });
  }

  /** Newest first, at most `count`, all before the instant. */
  async function newest(
    id: HubDeviceId,
    filter: LogFilter,
    before: number | undefined,
    count: number,
    signal: AbortSignal,
  ): Promise<LogReply> {
    const query = { page: String(count), ...(before === undefined ? {} : { before: new Date(before).toISOString() }) };
    if (sortsDownwards) {
      const reply = await ask(id, filter, { ...query, sort: '-time-created' }, signal);
      if (isDownwards(reply.rows)) return reply;
      sortsDownwards = false;
    }
    const { rows, sent } = await ask(id, filter, query, signal);
    return { rows: rows.toSorted((a, b) => b.entry.at - a.entry.at), sent };
  }

  return {
    async logs(id, filter, { limit, older }, signal) {
      const from = older === undefined ? undefined : readOlder(older);
      // `after` would make MongoDB forget `before`: it is applied here.
      const before = from === undefined ? filter.before : from.before + 1;
      const given = new Set(from?.given);
      for (let count = Math.min(limit + given.size, mostInOne); ; count = Math.min(count * 2, mostInOne)) {
        const { rows, sent } = await newest(id, filter, before, count, signal);
        const fresh = rows.filter(({ entry }) => !given.has(entry.id));
        const isEnd = sent < count;
        if (fresh.length === 0 && !isEnd && count < mostInOne) continue;
        const last = fresh.at(-1)?.entry.at;
        const past = last !== undefined && filter.after !== undefined && last < filter.after;
        return {
          entries: fresh.filter((row) => passes(row, id, filter)).map(({ entry }) => entry),
          older: isEnd || past || last === undefined ? undefined : writeOlder(last, rows, given),
        };
      }
    },

    async *tailLogs(id, filter, signal) {
      const open: LogFilter = { ...filter, before: undefined };
      const started = api.wire.clock.now();
      /** What was given, with when the hub took it in. */
      const given = new Map<string, number>();
      let last = started;
      let wait = tailMs;
      for (;;) {
        try {
          for await (const entries of news(id, open, Math.max(started, last - tailOverlapMs), given, signal)) {
            last = Math.max(last, entries.at(-1)?.at ?? 0);
            wait = tailMs;
            yield { heardAt: api.wire.clock.local(), entries };
          }
          for (const [entry, at] of given) if (at < last - 2 * tailOverlapMs) given.delete(entry);
        } catch (error) {
          if (!(error instanceof TrailbossError) || !isPassing(error)) throw error;
          wait = Math.min(wait * 2, slowestTailMs);
        }
        await pause(wait, signal);
      }
    },
  };

  /** All entries since, oldest first and page by page, without those that were given already: a failure takes back none of them. */
  async function* news(
    id: HubDeviceId,
    filter: LogFilter,
    since: number,
    given: Map<string, number>,
    signal: AbortSignal,
  ): AsyncGenerator<readonly HubLogEntry[]> {
    let after = since - 1;
    for (;;) {
      const query = { page: String(tailPage), sort: 'time-created', after: new Date(after).toISOString() };
      const { rows, sent } = await ask(id, filter, query, signal);
      const fresh: HubLogEntry[] = [];
      for (const row of rows) {
        const { entry } = row;
        if (given.has(entry.id) || !passes(row, id, filter)) continue;
        given.set(entry.id, entry.at);
        fresh.push(entry);
      }
      yield fresh.toSorted((a, b) => a.at - b.at);
      if (sent < tailPage || rows.length === 0) return;
      const last = Math.max(...rows.map(({ entry }) => entry.at));
      // The millisecond of the last one may not be complete; a page of one millisecond alone is.
      after = last - 1 > after ? last - 1 : last;
    }
  }
}

/** The hub separates values by commas; one that has a comma in it is looked for here only. */
function listed({ levels, sources, platforms, revisions }: LogFilter): Record<string, string> {
  const lists = { lvl: levels, src: sources, plat: platforms, rev: revisions };
  const usable = Object.entries(lists).filter(([, list]) => list.length > 0 && list.every((value) => !value.includes(',')));
  return Object.fromEntries(usable.map(([key, list]) => [key, list.join(',')]));
}

/** What the hub may have left in: a filter that it can't resolve, or does not know, lets everything through. */
function passes({ device, entry }: LogRow, id: HubDeviceId, filter: LogFilter): boolean {
  const among = (list: readonly string[], value: string | undefined) =>
    list.length === 0 || (value !== undefined && list.includes(value));
  return (
    device === devicePrn(id) &&
    among(filter.levels, entry.level) &&
    among(filter.sources, entry.source) &&
    among(filter.platforms, entry.platform) &&
    among(filter.revisions, entry.revision) &&
    (filter.after === undefined || entry.at >= filter.after) &&
    (filter.before === undefined || entry.at < filter.before)
  );
}

function isDownwards(rows: readonly LogRow[]): boolean {
  return rows.every((row, index) => row.entry.at <= (rows[index - 1]?.entry.at ?? Number.POSITIVE_INFINITY));
}

function isPassing({ code }: TrailbossError): boolean {
  return ['UNREACHABLE', 'NOT_ANSWERING', 'BAD_REPLY', 'NOT_A_HUB', 'REFUSED_BY_HUB'].includes(code);
}

function writeOlder(before: number, rows: readonly LogRow[], given: ReadonlySet<string>): string {
  const boundary = rows.filter(({ entry }) => entry.at === before).map(({ entry }) => entry.id);
  const kept = [...given].filter((id) => rows.some(({ entry }) => entry.id === id && entry.at === before));
  return Buffer.from(JSON.stringify({ before, given: [...new Set([...boundary, ...kept])] })).toString('base64url');
}

function readOlder(text: string): z.infer<typeof Older> {
  try {
    return Older.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch (error) {
    throw hubError(
      'BAD_INPUT',
      { what: 'This is no place in the logs to go on from.', next: 'Start from the newest entries.' },
      error,
    );
  }
}
