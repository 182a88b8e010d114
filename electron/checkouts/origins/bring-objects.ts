import { createReadStream } from 'node:fs';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import type { Sha256 } from '../../../shared/state/ids.ts';
import type { Progress } from '../work-news.ts';
import { howToTake, type Nearby } from './nearby.ts';

/** Where objects are brought to: a checkout's object folder, or Trailboss' own store. */
export interface ObjectSink {
  /** `good`: it is there with the right bytes. `bad`: there are others under its name. */
  look(sha: Sha256, signal: AbortSignal): Promise<'good' | 'bad' | 'absent'>;
  /** Makes a file of this computer its own, checked: BAD_CHECKSUM. */
  adopt(sha: Sha256, file: string, how: 'link' | 'clone', signal: AbortSignal): Promise<void>;
  /** Takes bytes in, checked: BAD_CHECKSUM. Replaces what is there. */
  take(sha: Sha256, bytes: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void>;
}

export interface ObjectFetch {
  readonly wanted: Iterable<Sha256>;
  readonly from: (sha: Sha256, signal: AbortSignal) => AsyncIterable<Uint8Array>;
  readonly nearby: Nearby;
  readonly sink: ObjectSink;
  /** Begins the line of progress. */
  readonly text: string;
}

/** How many come at once; as many as pvr has (libpvr/repolib.go, grabObjects). */
const atOnce = 4;

/** Progress is told after so many bytes more. */
const tellEvery = 1024 * 1024;

/**
 * Brings objects to where they are needed, each once: nothing for those that are there, a link for those that are files on this computer,
 * and the others from their origin, a few at once and in pieces. The first failure ends it and is thrown; those that came stay, so that
 * going on later brings only the rest. Answers with how many came.
 */
export async function bringObjects(fetch: ObjectFetch, tell: Progress, signal: AbortSignal): Promise<number> {
  const wanted = [...new Set(fetch.wanted)];
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  let done = 0;
  let brought = 0;
  let bytes = 0;
  let told = 0;
  const progress = () => tell({ text: fetch.text, objects: { done, total: wanted.length }, bytes: { done: bytes } });
  const onBytes = (count: number) => {
    bytes += count;
    if (bytes - told < tellEvery) return;
    told = bytes;
    progress();
  };
  const queue = wanted.values();
  const work = async () => {
    for (const sha of queue) {
      if (either.aborted) return;
      if (await brings(fetch, sha, onBytes, either)) brought += 1;
      done += 1;
      progress();
    }
  };
  progress();
  const workers = Array.from({ length: Math.min(atOnce, wanted.length) }, () =>
    work().catch((error: unknown) => {
      if (!stop.signal.aborted) stop.abort(error);
      throw error;
    }),
  );
  await Promise.allSettled(workers);
  signal.throwIfAborted();
  if (stop.signal.aborted) throw stop.signal.reason;
  return brought;
}

async function brings(
  { from, nearby, sink }: ObjectFetch,
  sha: Sha256,
  onBytes: (count: number) => void,
  signal: AbortSignal,
): Promise<boolean> {
  const there = await sink.look(sha, signal);
  if (there === 'good') return false;
  const file = await nearby(sha, signal);
  if (file !== undefined && (await adopted(sink, sha, file, there === 'bad', signal))) return true;
  await sink.take(sha, counted(from(sha, signal), onBytes), signal);
  return true;
}

/** Whether the file here had the right bytes: where it has not, the origin is asked. */
async function adopted(sink: ObjectSink, sha: Sha256, file: string, replaces: boolean, signal: AbortSignal): Promise<boolean> {
  try {
    if (replaces) await sink.take(sha, createReadStream(file, { signal, highWaterMark: 256 * 1024 }), signal);
    else await sink.adopt(sha, file, howToTake(file, sha), signal);
    return true;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TrailbossError && error.code === 'BAD_CHECKSUM') return false;
    throw error;
  }
}

async function* counted(bytes: AsyncIterable<Uint8Array>, onBytes: (count: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    onBytes(chunk.length);
    yield chunk;
  }
}
