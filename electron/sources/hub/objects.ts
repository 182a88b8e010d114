import { TrailbossError } from '../../../shared/contract/errors.ts';
import type { Sha256 } from '../../../shared/state/ids.ts';
import { pause } from '../../net/deadline.ts';
import type { WebReply } from '../../net/https.ts';
import { Lanes } from '../../net/lanes.ts';
import { WebFailure } from '../../net/web-failure.ts';
import { checkedOutgoing } from '../pantavisor/checked-bytes.ts';
import type { ObjectUpload } from '../source.ts';
import type { HubApi } from './api.ts';
import type { HubClient } from './hub.ts';
import { inParallel } from './in-parallel.ts';
import { type ObjectRecord, ObjectReply } from './object-rows.ts';
import { isQuota, quotaExceeded, readRefusal, refusalProblem } from './refusal.ts';
import { parallelUploads, sendingAtOnce } from './wire.ts';
import { hubError, webProblem } from './words.ts';

const uploadMs = 60_000;
const unchanged = 'What was uploaded before stays on the hub, unused.';
/** Waits before another whole try of an upload, in milliseconds. */
const tryAgainAfter = [500, 2000, 5000, 10_000];
/** For so many milliseconds an upload waits where the hub asks for patience; whoever wants it waits longer. */
const longestWait = 60_000;

export type ObjectCalls = Pick<HubClient, 'missingObjects' | 'objectSize' | 'uploadObject'>;

/** `/objects`, and the store behind it. */
export function objectCalls(api: HubApi): ObjectCalls {
  const lanes = new Lanes(sendingAtOnce);
  return {
    async objectSize(sha, signal) {
      return (await objectRecord(api, sha, signal))?.size;
    },

    async missingObjects(shas, signal) {
      const missing = new Set<Sha256>();
      await inParallel(shas, parallelUploads, async (sha) => {
        if (!(await isStored(sha, signal))) missing.add(sha);
      });
      return missing;
    },

    async uploadObject(upload, signal) {
      for (const wait of [...tryAgainAfter, undefined]) {
        try {
          const record = await announced(upload, signal);
          if (record === undefined) return 'already-there';
          await lanes.run(() => sent(upload, record, signal), signal);
          return 'sent';
        } catch (error) {
          if (!(error instanceof TrailbossError) || wait === undefined || !passes(error)) throw error;
          await pause(Math.max(wait, Math.min(api.restUntil - api.wire.clock.local(), longestWait)), signal);
        }
      }
      throw new Error('the last try returns or throws');
    },
  };

  /** A record may be there without its bytes: whether it has them shows when it is announced again, which changes nothing on it. */
  async function isStored(sha: Sha256, signal: AbortSignal): Promise<boolean> {
    const record = await objectRecord(api, sha, signal);
    if (record?.size === undefined) return false;
    const reply = await announce({ sha, size: record.size, name: record.name ?? sha, mimeType: record.mimeType }, signal);
    if (reply.status === 409) return true;
    if (reply.status === 200 || isQuota(readRefusal(reply))) return false;
    throw api.refusal(reply, { doing: `to tell whether it has object ${sha.slice(0, 8)}` });
  }

  /** The record with the address for the bytes; undefined when the hub has them: 409 is a success here. */
  async function announced(upload: ObjectUpload, signal: AbortSignal): Promise<ObjectRecord | undefined> {
    const reply = await announce(upload, signal);
    const intent = { doing: `to take object ${upload.sha.slice(0, 8)}`, unchanged };
    if (reply.status === 409) return undefined;
    if (reply.status !== 200) throw api.refusal(reply, intent);
    return api.read(reply, ObjectReply, intent);
  }

  function announce(
    object: { readonly sha: Sha256; readonly size: number; readonly name: string; readonly mimeType?: string | undefined },
    signal: AbortSignal,
  ): Promise<WebReply> {
    const json = {
      id: object.sha,
      sha256sum: object.sha,
      objectname: object.name,
      size: String(object.size),
      'mime-type': object.mimeType ?? 'application/octet-stream',
    };
    return api.send({ method: 'POST', path: '/objects/', json, signal, unchanged });
  }

  async function sent(upload: ObjectUpload, record: ObjectRecord, signal: AbortSignal): Promise<void> {
    const { sha, size } = upload;
    const url = api.wire.signedUrl(record.putUrl);
    upload.onBytes(0);
    const body = { size, open: (inner: AbortSignal) => checkedOutgoing(upload.open(inner), sha, size), onBytes: upload.onBytes };
    const reply = await api.wire.put(url, { body, signal, timeoutMs: uploadMs }).catch((error: unknown) => {
      throw error instanceof WebFailure ? webProblem(error, url.host, unchanged) : error;
    });
    if (reply.status >= 200 && reply.status < 300) return;
    throw storeProblem(reply, url.host, sha);
  }
}

/** What the store behind a signed address says no with: mostly a status and nothing else. */
function storeProblem(reply: WebReply, host: string, sha: Sha256): TrailbossError {
  const refusal = readRefusal(reply);
  if (isQuota(refusal)) return quotaExceeded(host, refusal, unchanged);
  const object = `object ${sha.slice(0, 8)}`;
  switch (reply.status) {
    case 400:
      return new StoreRefusal('BAD_CHECKSUM', {
        what: `${host} got other bytes for ${object} than were sent.`,
        unchanged,
        next: 'Try again. If it stays, something between this computer and the hub changes what is sent.',
      });
    case 403:
      // The signed address has ended: a new one is asked for.
      return new StoreRefusal('REFUSED_BY_HUB', {
        what: `${host} does not take ${object} at the address that the hub gave for it.`,
        unchanged,
        next: 'Try again. If it stays, the hub’s clock or that of its store may be wrong.',
        raw: 'HTTP 403',
      });
    case 500:
      return hubError('NOT_ANSWERING', { what: `${host} could not store ${object}.`, unchanged, next: 'Try again in a while.' });
    default:
      return refusalProblem(reply, host, { doing: `to store ${object}`, unchanged });
  }
}

/** What may be better at the next try: unlike a file that changed on this computer. */
class StoreRefusal extends TrailbossError {}

function passes(error: TrailbossError): boolean {
  return error instanceof StoreRefusal || ['UNREACHABLE', 'NOT_ANSWERING', 'BAD_REPLY'].includes(error.code);
}

/** The object's record; undefined when the account has none, which the hub says with 403. */
export async function objectRecord(api: HubApi, sha: Sha256, signal: AbortSignal): Promise<ObjectRecord | undefined> {
  const intent = { doing: `to tell about object ${sha.slice(0, 8)}` };
  const reply = await api.send({ method: 'GET', path: `/objects/${sha}`, signal });
  if (reply.status === 404 || (reply.status === 403 && !readRefusal(reply).scopeMissing)) return undefined;
  if (reply.status !== 200) throw api.refusal(reply, intent);
  return api.read(reply, ObjectReply, intent);
}
