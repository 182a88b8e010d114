/** The revisions of one simulated device, as files: `trails/<name>/{json,progress,commitmsg}`. */
import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isMissing, readText, writeWhole } from './disk.ts';
import type { Progress } from './life/model.ts';

const totalSchema = z.object({
  object_name: z.literal('total'),
  object_id: z.literal('none'),
  total_size: z.number(),
  total_downloaded: z.number(),
  start_time: z.number(),
  current_time: z.number(),
});

const progressSchema = z.object({
  status: z.enum(['NEW', 'QUEUED', 'DOWNLOADING', 'INPROGRESS', 'TESTING', 'UPDATED', 'DONE', 'WONTGO', 'ERROR']),
  'status-msg': z.string(),
  progress: z.number(),
  retries: z.number(),
  downloads: z.object({ total: totalSchema }).exactOptional(),
  logs: z.string().exactOptional(),
});

/** A revision as it lies on the device's disk. A step that only has a commit message has no progress. */
export type StoredRevision = {
  readonly name: string;
  readonly date: Date;
  readonly message: string;
  readonly progress?: Progress;
};

export interface Trail {
  /** Every revision, sorted by name as the device lists them. */
  list(): readonly StoredRevision[];
  has(revision: string): boolean;
  /** The state's raw text. */
  state(revision: string): string | undefined;
  progress(revision: string): Progress | undefined;
  putState(revision: string, text: string, date?: Date): void;
  putProgress(revision: string, progress: Progress): void;
  putMessage(revision: string, message: string): void;
  remove(revision: string): void;
}

/** Whether a name stays in the trail as a folder of its own: `14`, `locals/x`, but no `locals/..`. */
export function isRevisionName(name: string): boolean {
  return /^(?:locals\/)?(?!\.{1,2}$)[^/\0]+$/.test(name);
}

/** @param dir holds one folder per revision; it need not exist. */
export function openTrail(dir: string): Trail {
  const file = (revision: string, name: string): string => join(dir, ...revision.split('/'), '.step', name);

  function stored(name: string): StoredRevision {
    const progress = readProgress(name);
    const rest = { name, date: dateOf(name), message: readText(file(name, 'commitmsg')) ?? '' };
    return progress ? { ...rest, progress } : rest;
  }

  function readProgress(name: string): Progress | undefined {
    const text = readText(file(name, 'progress'));
    return text === undefined ? undefined : progressSchema.parse(JSON.parse(text));
  }

  function dateOf(name: string): Date {
    for (const part of ['json', 'progress', 'commitmsg']) {
      const found = statSync(file(name, part), { throwIfNoEntry: false });
      if (found) return found.mtime;
    }
    return new Date(0);
  }

  function names(): readonly string[] {
    const top = folders(dir).filter((name) => name !== 'locals');
    const locals = folders(join(dir, 'locals')).map((name) => `locals/${name}`);
    return [...top, ...locals].sort();
  }

  return {
    list: () => names().map(stored),
    has: (revision) => names().includes(revision),
    state: (revision) => readText(file(revision, 'json')),
    progress: readProgress,
    putState(revision, text, date) {
      writeWhole(file(revision, 'json'), text);
      if (date) utimesSync(file(revision, 'json'), date, date);
    },
    putProgress: (revision, progress) => writeWhole(file(revision, 'progress'), JSON.stringify(progress)),
    putMessage: (revision, message) => writeWhole(file(revision, 'commitmsg'), message),
    remove: (revision) => rmSync(join(dir, ...revision.split('/')), { recursive: true, force: true }),
  };
}

function folders(dir: string): readonly string[] {
  try {
    return readdirSync(dir, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
