import { z } from 'zod';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import type { HubDeviceId } from '../../../shared/contract/hub.ts';
import type { HubApi } from './api.ts';
import { textWithDots, topKeys } from './dots.ts';
import type { HubClient, HubDevice, HubStep } from './hub.ts';
import { rawRefusal, readRefusal } from './refusal.ts';
import { HubStepReply, readStep } from './step-rows.ts';
import { listOf } from './wire-values.ts';
import { badReply, hubError } from './words.ts';

/** Without them public devices show NEW ones only, others all but DONE, and each comes with its state (hub: trails/get-trail-steps.go). */
const anyStatus = JSON.stringify({ $ne: '' });
const openStatus = JSON.stringify({ $in: ['NEW', 'QUEUED', 'DOWNLOADING', 'INPROGRESS', 'TESTING'] });
const withoutState = '-state,-used_objects';
/** So many open revisions are listed at most, the oldest of them. */
export const mostOpen = 100;
/** Revisions that are looked for beyond the newest one known. */
const newAtOnce = 5;
/** States have some hundred kB; the hub's database takes 16 MB (hub.md §10.27). */
const stateBytes = 32 * 1024 * 1024;
const stateMs = 60_000;

export const StepRows = listOf(readStep);

const PvrRemote = z.object({ 'step-get-url': z.string().nullish(), 'json-get-url': z.string().nullish() });

export type StepCalls = Pick<HubClient, 'head' | 'steps' | 'openSteps' | 'step' | 'stateText' | 'cancelStep' | 'markWontgo'>;

/** `/trails/:id/steps`. */
export function stepCalls(api: HubApi, device: (id: HubDeviceId, signal: AbortSignal) => Promise<HubDevice>): StepCalls {
  const withTrail = new Set<HubDeviceId>();
  /** Where in its trail, counted from the oldest, the newest revision was. */
  const newestAt = new Map<HubDeviceId, number>();
  const stepsOf = (id: HubDeviceId) => `/trails/${id}/steps`;

  async function page(
    id: HubDeviceId,
    offset: number,
    size: number,
    signal: AbortSignal,
    status = anyStatus,
  ): Promise<HubStep[]> {
    const query = new URLSearchParams({
      'progress.status': status,
      fields: withoutState,
      'page[size]': String(size),
      'page[offset]': String(offset),
    });
    const call = { method: 'GET', path: `${stepsOf(id)}?${query}`, signal } as const;
    const rows = await api.json(call, StepRows, { doing: 'to list the revisions' });
    if (rows.length > 0) withTrail.add(id);
    return rows.filter((row) => !row.garbage);
  }

  /**
   * The list of a device without a trail is refused with an opaque 500, like that of a device that is not there and like any trouble of
   * the hub. The device's overview says 403 then, and 500 in trouble; and a device whose trail was seen before has one.
   */
  async function firstPage(id: HubDeviceId, size: number, signal: AbortSignal): Promise<HubStep[]> {
    try {
      return await page(id, 0, size, signal);
    } catch (error) {
      if (!(error instanceof TrailbossError) || error.code !== 'REFUSED_BY_HUB' || withTrail.has(id)) throw error;
      const overview = await api.send({ method: 'GET', path: `/trails/${id}/summary`, signal });
      if (overview.status >= 500) throw error;
      await device(id, signal);
      return [];
    }
  }

  async function head(id: HubDeviceId, signal: AbortSignal): Promise<number | undefined> {
    const reply = await api.send({ method: 'GET', path: `/trails/${id}/.pvrremote`, signal });
    if (reply.status === 200) {
      const remote = await api.read(reply, PvrRemote, { doing: 'to name the newest revision' });
      const newest = revisionIn(remote['step-get-url']) ?? revisionIn(remote['json-get-url']);
      if (newest !== undefined) {
        withTrail.add(id);
        return newest;
      }
    } else if (reply.status !== 403 && reply.status !== 500 && reply.status !== 404) {
      throw api.refusal(reply, { doing: 'to name the newest revision' });
    }
    return searchedHead(id, signal);
  }

  /** The newest revision by trying offsets, where the quick way does not work: twice as far each time, then halving. */
  async function searchedHead(id: HubDeviceId, signal: AbortSignal): Promise<number | undefined> {
    let [found] = await firstPage(id, 1, signal);
    if (found === undefined) return undefined;
    let low = 0;
    let high = 1;
    for (;;) {
      const [row] = await page(id, high, 1, signal);
      if (row === undefined) break;
      [found, low, high] = [row, high, high * 2];
    }
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      const [row] = await page(id, middle, 1, signal);
      if (row === undefined) high = middle;
      else [found, low] = [row, middle];
    }
    return found.revision;
  }

  async function step(id: HubDeviceId, revision: number, signal: AbortSignal): Promise<HubStep | undefined> {
    const query = new URLSearchParams({ fields: withoutState });
    const reply = await api.send({ method: 'GET', path: `${stepsOf(id)}/${revision}?${query}`, signal });
    const intent = { doing: `to show revision ${revision}` };
    if (reply.status === 200) return api.read(reply, HubStepReply, intent);
    if (![403, 404, 500].includes(reply.status)) throw api.refusal(reply, intent);
    // A missing revision is an opaque 500, and so is any trouble: the list tells which of the two it is.
    const rows = await pageAt(id, revision, signal);
    return rows.find((row) => row.revision === revision);
  }

  async function pageAt(id: HubDeviceId, revision: number, signal: AbortSignal): Promise<HubStep[]> {
    const rows = await firstPage(id, 1, signal);
    const oldest = rows[0]?.revision;
    if (oldest === undefined || revision < oldest) return [];
    return page(id, revision - oldest, 1, signal);
  }

  /**
   * The newest come last and there is no total: revisions are numbered without holes, so that the offset follows from the number.
   * Where the hub has thrown old ones away, the page shows by how many the offset has to be less.
   */
  async function steps(
    id: HubDeviceId,
    { before, count }: { readonly before?: number | undefined; readonly count: number },
    signal: AbortSignal,
  ): Promise<readonly HubStep[]> {
    if (count <= 0) return [];
    const watched = before === undefined ? await newestAsBefore(id, count, signal) : undefined;
    if (watched !== undefined) return watched;
    const end = before ?? ((await head(id, signal)) ?? -1) + 1;
    if (end <= 0) return [];
    let shift = 0;
    for (let tries = 0; ; tries += 1) {
      const offset = Math.max(0, end - shift - count);
      const size = Math.min(count, Math.max(1, end - shift - offset));
      const rows = await page(id, offset, size, signal);
      const last = rows.at(-1)?.revision;
      if (last === end - 1 || tries === 3 || (offset === 0 && rows.length < size)) {
        if (before === undefined && last === end - 1) newestAt.set(id, offset + rows.length - 1);
        return newestFirst(rows, end).slice(0, count);
      }
      const oldest = last ?? (await firstPage(id, 1, signal))[0]?.revision;
      if (oldest === undefined) return [];
      shift = last === undefined ? oldest : last - (offset + rows.length - 1);
    }
  }

  /** A trail that is watched: the newest revision is where it was, or some places further, and one question is enough. */
  async function newestAsBefore(id: HubDeviceId, count: number, signal: AbortSignal): Promise<readonly HubStep[] | undefined> {
    const newest = newestAt.get(id);
    if (newest === undefined) return undefined;
    const offset = Math.max(0, newest + 1 - count);
    const size = newest + 1 - offset + newAtOnce;
    const rows = await page(id, offset, size, signal);
    newestAt.delete(id);
    if (rows.length < newest + 1 - offset || rows.length === size) return undefined;
    newestAt.set(id, offset + rows.length - 1);
    return newestFirst(rows, Number.POSITIVE_INFINITY).slice(0, count);
  }

  async function toEnd(
    id: HubDeviceId,
    revision: number,
    action: {
      readonly path: string;
      readonly status: string;
      readonly doing: string;
      readonly busy: string;
      readonly next: string;
    },
    signal: AbortSignal,
  ): Promise<void> {
    const intent = { doing: action.doing, unchanged: 'The revision stays as it is.' };
    const reply = await api.send({ method: 'PUT', path: `${stepsOf(id)}/${revision}/${action.path}`, signal, ...intent });
    if (reply.status === 200) return;
    if (reply.status !== 400) throw api.refusal(reply, intent);
    const now = await step(id, revision, signal);
    if (now?.progress.status === action.status) return;
    throw hubError('DEVICE_BUSY', {
      what: action.busy,
      unchanged: intent.unchanged,
      next: action.next,
      raw: rawRefusal(readRefusal(reply)),
    });
  }

  return {
    head,
    steps,
    step,
    openSteps: (id, signal) => page(id, 0, mostOpen, signal, openStatus),

    async stateText(id, revision, signal) {
      const call = {
        method: 'GET',
        path: `${stepsOf(id)}/${revision}/state`,
        signal,
        maxBytes: stateBytes,
        timeoutMs: stateMs,
      } as const;
      const text = await api.text(call, { doing: `to show the state of revision ${revision}` });
      const keys = topKeys(text);
      if (keys === undefined)
        throw badReply(api.host, text.trim() === '' ? 'it is empty' : 'it is no state, or only a part of one');
      // A missing revision is answered like this (hub: trails/get-trails-rev-state.go).
      if (keys.length === 0) {
        throw hubError('NOT_FOUND', {
          what: `${api.host} has no state of revision ${revision}.`,
          next: 'Look at the timeline: the revision may have been thrown away.',
        });
      }
      return textWithDots(text);
    },

    cancelStep: (id, revision, signal) =>
      toEnd(
        id,
        revision,
        {
          path: 'cancel',
          status: 'CANCEL',
          doing: `to cancel revision ${revision}`,
          busy: `The device has taken revision ${revision} meanwhile, so it can’t be cancelled any more.`,
          next: 'Once it is being installed, it can be given up instead.',
        },
        signal,
      ),

    markWontgo: (id, revision, signal) =>
      toEnd(
        id,
        revision,
        {
          path: 'wontgo',
          status: 'WONTGO',
          doing: `to give up revision ${revision}`,
          busy: `Revision ${revision} is not being installed, so it can’t be given up.`,
          next: 'While the device has not taken it, it can be cancelled; when it is done, post another.',
        },
        signal,
      ),
  };
}

function newestFirst(rows: readonly HubStep[], end: number): HubStep[] {
  return rows.filter((row) => row.revision < end).toSorted((a, b) => b.revision - a.revision);
}

/** The revision that an address of the hub ends in. Its host is of no interest: the hub may not know its own. */
function revisionIn(url: string | null | undefined): number | undefined {
  const digits = /\/steps\/(\d+)(?:\/state)?$/.exec(url ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}
