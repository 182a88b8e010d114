import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { link, lstat, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { TrailbossError } from '../../../shared/contract/errors.ts';
import { cancelled, diskProblem, inUse } from '../problems.ts';
import type { FolderUser } from '../pvr-folder.ts';
import { errorCode, ifThere, readOwn } from './disk.ts';
import type { FolderPaths } from './paths.ts';
import { processStart, runningPvr } from './running-pvr.ts';

/** Between two looks at who holds a checkout, in milliseconds. */
const lookAgainAfter = 100;

const Holder = z.object({ pid: z.number().int(), start: z.string() });
type Holder = z.infer<typeof Holder>;

/** The checkouts that the code that runs now holds. */
const held = new AsyncLocalStorage<ReadonlySet<string>>();

/** Within this process one after the other. */
const queues = new Map<string, Promise<void>>();

/**
 * Runs `work` while nobody else writes to a checkout: not this process, no other Trailboss (by a lock file with its pid and start time; one
 * that a crash left is taken over), and no `pvr`. Waits for them; CANCELLED by the signal. May be nested.
 */
export async function whileLocked<T>(paths: FolderPaths, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const holding = held.getStore() ?? new Set();
  if (holding.has(paths.root)) return await work();
  const before = queues.get(paths.root) ?? Promise.resolve();
  let leave = () => {};
  const mine = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const queue = before.then(() => mine);
  queues.set(paths.root, queue);
  try {
    await unlessAborted(before, signal);
    const release = await lock(paths, signal);
    try {
      return await held.run(new Set([...holding, paths.root]), work);
    } finally {
      await release();
    }
  } finally {
    leave();
    if (queues.get(paths.root) === queue) queues.delete(paths.root);
  }
}

/** Who else holds it now. */
export async function holderOf(paths: FolderPaths): Promise<FolderUser | undefined> {
  const pvr = await runningPvr(paths.root);
  if (pvr !== undefined) return pvr;
  // Whoever may not read it finds that out when something is to be written.
  const found = await readHolder(paths.lock).catch(() => undefined);
  if (found === undefined || found.pid === process.pid || !(await isAlive(found))) return undefined;
  return { by: 'trailboss', pid: found.pid, command: 'trailboss' };
}

async function lock(paths: FolderPaths, signal: AbortSignal): Promise<() => Promise<void>> {
  const text = JSON.stringify({ pid: process.pid, start: (await processStart(process.pid)) ?? '' });
  for (;;) {
    if (signal.aborted) throw givenUp(signal);
    if (await tryLock(paths.lock, text)) {
      if ((await runningPvr(paths.root)) === undefined) return () => rm(paths.lock, { force: true });
      await rm(paths.lock, { force: true });
    } else {
      await takeOverStale(paths.lock).catch((error: unknown) => {
        throw diskProblem(error, `The checkout can't be written to: ${paths.lock} is there and can't be taken over`);
      });
    }
    await wait(lookAgainAfter, undefined, { signal }).catch(() => undefined);
  }
}

async function tryLock(path: string, text: string): Promise<boolean> {
  const whole = `${path}.${randomUUID()}`;
  try {
    if ((await ifThere(lstat(path))) !== undefined) return false;
    await writeFile(whole, text, { flag: 'wx', mode: 0o644 });
    // It takes its place whole: one that is empty for a moment would be taken for what a crash left.
    await link(whole, path).catch(async (error: unknown) => {
      if (errorCode(error) === 'EEXIST') throw error;
      // No links on this file system.
      await writeFile(path, text, { flag: 'wx', mode: 0o644 });
    });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw diskProblem(error, `The checkout can't be written to: ${path} could not be made`);
  } finally {
    await rm(whole, { force: true }).catch(() => undefined);
  }
}

/** Takes a lock away that a crash left. Moved first and looked at again then: somebody else may have taken it over just now. */
async function takeOverStale(path: string): Promise<void> {
  const found = await readHolder(path);
  if (found !== undefined && (found.pid === process.pid ? false : await isAlive(found))) return;
  const aside = `${path}.${randomUUID()}`;
  if ((await ifThere(rename(path, aside).then(() => true))) !== true) return;
  const moved = await readHolder(aside);
  if (moved !== undefined && JSON.stringify(moved) !== JSON.stringify(found)) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

/** Undefined also for one that can't be read: it was half-written by a crash. */
async function readHolder(path: string): Promise<Holder | undefined> {
  const bytes = await ifThere(readOwn(path));
  if (bytes === undefined) return undefined;
  try {
    const parsed = Holder.safeParse(JSON.parse(bytes.toString('utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function isAlive({ pid, start }: Holder): Promise<boolean> {
  const now = await processStart(pid);
  return now !== undefined && (start === '' || now === start);
}

/** Nobody cancels what is over at once, but it does not wait for ever. */
function givenUp(signal: AbortSignal): TrailbossError {
  return signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError' ? inUse() : cancelled();
}

async function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw givenUp(signal);
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(givenUp(signal));
  });
  signal.addEventListener('abort', stop);
  try {
    await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
