/** Reads the recordings of a running device in `fixtures/recordings`. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

const observationSchema = z.object({
  /** When the request was sent, milliseconds since the command. */
  t_ms: z.number(),
  what: z.string(),
  status: z.number().nullable(),
  error: z.object({ curl: z.number() }).nullable(),
  body: z.unknown(),
  elapsed_ms: z.number().exactOptional(),
  request: z.object({ method: z.string(), path: z.string(), body: z.unknown() }).exactOptional(),
  headers: z.record(z.string(), z.string()).nullish(),
});

export type Observation = z.infer<typeof observationSchema>;

export type Recording = {
  readonly name: string;
  readonly observations: readonly Observation[];
  /** The state that ran before, as compact JSON text. */
  readonly runningState: string;
};

const FOLDER = join(import.meta.dirname, 'fixtures', 'recordings');

export function readFixture(...path: readonly string[]): string {
  return gunzipSync(readFileSync(join(import.meta.dirname, 'fixtures', ...path))).toString('utf8');
}

export function readRecording(name: string): Recording {
  const lines = readFixture('recordings', name, 'timeline.changes.ndjson.gz').trim().split('\n');
  const hasState = existsSync(join(FOLDER, name, 'current-state.json.gz'));
  return {
    name,
    observations: lines.map((line) => observationSchema.parse(JSON.parse(line))),
    runningState: hasState ? compact(readFixture('recordings', name, 'current-state.json.gz')) : '{}',
  };
}

/** The recordings were written out in another layout than the device's; the device compares texts, so all get one. */
export function compact(json: string): string {
  return JSON.stringify(JSON.parse(json));
}

const stepsSchema = z.array(
  z.object({
    name: z.string(),
    date: z.string(),
    commitmsg: z.string(),
    progress: z.object({ status: z.string(), 'status-msg': z.string() }).partial(),
  }),
);

export type ListedStep = z.infer<typeof stepsSchema>[number];

export const progressSchema = z.object({ status: z.string(), 'status-msg': z.string(), logs: z.string().exactOptional() });
export const containersSchema = z.array(
  z.object({
    name: z.string(),
    status: z.string(),
    auto_recovery: z.object({ current_retries: z.number() }).exactOptional(),
    user_stopped: z.string().exactOptional(),
  }),
);
export const metaSchema = z.looseObject({ 'pantavisor.revision': z.string(), 'pantavisor.status': z.string().exactOptional() });
export const daemonsSchema = z.array(z.object({ name: z.string(), pid: z.number() }));

export function stepsOf(observation: Observation): readonly ListedStep[] {
  return stepsSchema.parse(observation.body);
}

/** The answered observations of one kind, in order. */
export function answered(observations: readonly Observation[], what: string): readonly Observation[] {
  return observations.filter((each) => each.what === what && each.status === 200);
}
