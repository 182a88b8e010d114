import { createHash } from 'node:crypto';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import type { Sha256 } from '../../../shared/state/ids.ts';
import { pause } from '../../net/deadline.ts';
import type { WebStream } from '../../net/https.ts';
import { WebFailure } from '../../net/web-failure.ts';
import type { HubApi } from './api.ts';
import { objectRecord } from './objects.ts';
import { hubError, webProblem } from './words.ts';

/** Waits before another try when nothing has come since the last, in milliseconds. */
const tryAgainAfter = [300, 1000, 3000, 8000];
const mostRedirects = 3;

/**
 * An object's bytes, without a gap whatever happens on the way: a download that was cut goes on where the store can (206); one that
 * comes from its start again is skipped up to there. Signed addresses are asked for anew at each try, since they end.
 */
export async function* download(api: HubApi, sha: Sha256, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let given = 0;
  let failures = 0;
  for (;;) {
    const before = given;
    try {
      for await (const bytes of bytesFrom(api, sha, given, signal)) {
        hash.update(bytes);
        given += bytes.length;
        yield bytes;
      }
      break;
    } catch (error) {
      if (!(error instanceof WebFailure) && !(error instanceof TrailbossError && passes(error))) throw error;
      if (given > before) failures = 0;
      const wait = tryAgainAfter[failures];
      if (wait === undefined) throw error instanceof WebFailure ? webProblem(error, api.host) : error;
      failures += 1;
      await pause(wait, signal);
    }
  }
  if (hash.digest('hex') === sha) return;
  throw hubError('BAD_CHECKSUM', {
    what: `${api.host} sent ${given} bytes for object ${sha.slice(0, 8)}, and they do not have that sha256.`,
    unchanged: 'The bytes were thrown away.',
    next: 'Try again. If it stays, the object is damaged on the hub, and an update that needs it would fail.',
  });
}

async function* bytesFrom(api: HubApi, sha: Sha256, from: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const record = await objectRecord(api, sha, signal);
  if (record === undefined) throw notThere(api.host, sha);
  const stream = await followed(api, api.wire.signedUrl(record.getUrl), from, signal);
  switch (stream.status) {
    case 200:
      yield* skipping(stream.bytes(), from);
      return;
    case 206:
      if (startOf(stream) === from) yield* stream.bytes();
      else yield* skipping(stream.bytes(), from - startOf(stream));
      return;
    case 416:
      // Nothing is behind what was given.
      await stream.read(65_536);
      return;
    case 404:
      await stream.read(65_536);
      throw notThere(api.host, sha);
    default:
      await stream.read(65_536);
      throw hubError('NOT_ANSWERING', {
        what: `${api.host} did not give object ${sha.slice(0, 8)} (${stream.status}).`,
        next: 'Try again in a while.',
      });
  }
}

/** Stores may send on to where the bytes are; no token goes along, and never to a place that is less safe. */
async function followed(api: HubApi, address: URL, from: number, signal: AbortSignal): Promise<WebStream> {
  let url = address;
  for (let hop = 0; ; hop += 1) {
    const stream = await api.wire.get(url, from, signal);
    const target = stream.header('location');
    if (stream.status < 300 || stream.status >= 400 || target === undefined || hop === mostRedirects) return stream;
    await stream.read(65_536);
    url = api.wire.signedUrl(URL.parse(target, url)?.href);
  }
}

async function* skipping(bytes: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const chunk of bytes) {
    if (left < chunk.length) yield left <= 0 ? chunk : chunk.subarray(left);
    left -= chunk.length;
  }
}

function startOf(stream: WebStream): number {
  return Number(/^bytes (\d+)-/.exec(stream.header('content-range') ?? '')?.[1] ?? 0);
}

function passes(error: TrailbossError): boolean {
  return ['UNREACHABLE', 'NOT_ANSWERING', 'BAD_REPLY'].includes(error.code);
}

function notThere(host: string, sha: Sha256): TrailbossError {
  return hubError('NOT_FOUND', {
    what: `${host} does not have object ${sha.slice(0, 8)}.`,
    next: 'It may never have been uploaded whole. Upload it again by posting a revision that has it.',
  });
}
