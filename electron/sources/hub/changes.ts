import { z } from 'zod';
import type { HubApi } from './api.ts';
import { readDevice } from './device-rows.ts';
import type { HubChanges, HubClient } from './hub.ts';
import { readStep } from './step-rows.ts';

/** Without a page size the answer is empty, and more than 250 are not given (hub: changes/service.go). */
const devicePage = 250;
/** Steps come with their whole states. */
const stepPage = 50;
const pageMs = 60_000;
const pageBytes = 256 * 1024 * 1024;

/**
 * How far back a new question goes, in milliseconds: times are stamped before they are stored, and rows of the same millisecond as
 * the last of a page are not after it.
 */
const overlapMs = 3000;

/** So long ago nothing new comes up any more: without this the last rows would come again with every question for ever. */
const settledMs = 30_000;

const Page = z.object({
  data: z
    .array(z.unknown())
    .nullish()
    .transform((rows) => rows ?? []),
});

export type ChangeCalls = Pick<HubClient, 'changedDevices' | 'changedSteps'>;

/** `/changes`: what happened since, oldest first. */
export function changeCalls(api: HubApi): ChangeCalls {
  /** Pages in the middle of a burst go on where the last one ended, without the overlap, or they would never come to its end. */
  const unfinished = { devices: new Set<string>(), steps: new Set<string>() };

  async function changes<Row extends { readonly [key in Time]: number | undefined }, Time extends 'modifiedAt' | 'changedAt'>(
    kind: 'devices' | 'steps',
    read: (row: unknown) => Row | undefined,
    time: Time,
    size: number,
    after: string,
    signal: AbortSignal,
  ): Promise<HubChanges<Row>> {
    const goesOn = unfinished[kind].delete(after);
    const since = new Date(Date.parse(after) - (goesOn ? 1 : overlapMs));
    const query = `page%5Bsize%5D=${size}&page%5Bafter%5D=${encodeURIComponent(since.toISOString())}`;
    const call = { method: 'GET', path: `/changes/${kind}?${query}`, signal, timeoutMs: pageMs, maxBytes: pageBytes } as const;
    const { data } = await api.json(call, Page, { doing: 'to tell what changed' });
    const rows = data.flatMap((row) => read(row) ?? []);
    const last = rows.at(-1)?.[time];
    const more = data.length >= size && last !== undefined;
    if (!more) {
      const next = Math.max(Date.parse(after), last ?? 0, api.wire.clock.now() - settledMs);
      return { rows, next: new Date(next).toISOString(), more };
    }
    // A whole page of one millisecond: the next question has to be after it, whatever it leaves out.
    const stuck = goesOn && last <= Date.parse(after);
    const next = new Date(last + (stuck ? 2 : 0)).toISOString();
    unfinished[kind].add(next);
    return { rows, next, more };
  }

  return {
    changedDevices: (after, signal) => changes('devices', readDevice, 'modifiedAt', devicePage, after, signal),
    changedSteps: (after, signal) => changes('steps', readStep, 'changedAt', stepPage, after, signal),
  };
}
