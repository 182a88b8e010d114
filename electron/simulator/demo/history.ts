/** Turns the story of a demo device into what its disk holds. */
import type { FaultName } from '../faults.ts';
import { containerFailure, MESSAGE } from '../life/messages.ts';
import type { Delays, Status } from '../life/model.ts';
import type { Seed, SeedRevision } from '../options.ts';
import type { BoardName, ImageName } from './catalog.ts';
import { type Composition, type Objects, stateOf } from './states.ts';

/** How a step ended; DONE where nothing is said. What failed or was refused is not built upon. */
export type StepEnd = 'updated' | 'crashed' | 'object-invalid' | 'refused' | 'not-run';

/** What a step does to the revision it is built upon, and what came of it. */
export type Change = {
  readonly bsp?: string;
  /** Versions that change; `null` takes a container out. */
  readonly set?: Readonly<Partial<Record<ImageName, string | null>>>;
  readonly policies?: Readonly<Partial<Record<ImageName, 'system' | 'container'>>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly end?: StepEnd;
  /** The container that crashed. */
  readonly culprit?: ImageName;
};

export type Step = Change & {
  readonly name: string;
  readonly daysAgo: number;
  readonly by: string;
  readonly message: string;
};

/** One line of a story. */
export function step(name: string, daysAgo: number, by: string, message: string, change: Change): Step {
  return { name, daysAgo, by, message, ...change };
}

export type Story = {
  readonly name: string;
  readonly board: BoardName;
  /** Oldest first; the first one is the factory revision. */
  readonly steps: readonly Step[];
  readonly faults?: readonly FaultName[];
  readonly delays?: Partial<Delays>;
  /** Lines per second that its containers print. */
  readonly logLines?: number;
  readonly sides?: 'both' | 'ssh-only' | 'pvr-only';
  /** Revisions that the device is moved between, so that it is always found in the middle of an update. */
  readonly busyWith?: readonly [string, string];
  readonly userMeta?: Readonly<Record<string, string>>;
};

const DAY_MS = 86_400_000;

const ENDS: Readonly<Record<StepEnd | 'done', { readonly status: Status; readonly statusMessage: string }>> = {
  done: { status: 'DONE', statusMessage: MESSAGE.done },
  updated: { status: 'UPDATED', statusMessage: MESSAGE.updated },
  crashed: { status: 'ERROR', statusMessage: MESSAGE.containerFailed },
  'object-invalid': { status: 'ERROR', statusMessage: MESSAGE.objectInvalid },
  refused: { status: 'WONTGO', statusMessage: MESSAGE.notCovered },
  'not-run': { status: 'NEW', statusMessage: MESSAGE.readyToRun },
};

/** @param now milliseconds since 1970, from which the days are counted back. */
export function seedOf(story: Story, authorizedKey: string, now: number): Seed {
  const objects: Objects = new Map();
  const revisions: SeedRevision[] = [];
  let made: Composition = { board: story.board, bsp: '029', containers: {}, policies: {}, files: {} };
  let running = '0';
  let checkpoint = '0';
  for (const step of story.steps) {
    const next = changed(made, step);
    revisions.push(revisionOf(step, stateOf(next, objects), now));
    if (step.end !== undefined && step.end !== 'updated') continue;
    made = next;
    running = step.name;
    if (step.end === undefined) checkpoint = step.name;
  }
  const userMeta = { 'pvr-sdk.authorized_keys': authorizedKey, ...story.userMeta };
  return { revisions, running, checkpoint, objects: [...objects.values()], userMeta };
}

/** What a step makes of what it is built upon. */
export function changed(made: Composition, step: Change): Composition {
  const containers = { ...made.containers };
  for (const [name, version] of Object.entries(step.set ?? {})) {
    if (version === null) Reflect.deleteProperty(containers, name);
    else Object.assign(containers, { [name]: version });
  }
  return {
    ...made,
    bsp: step.bsp ?? made.bsp,
    containers,
    policies: { ...made.policies, ...step.policies },
    files: { ...made.files, ...step.files },
  };
}

function revisionOf(step: Step, state: string, now: number): SeedRevision {
  const factory = step.name === '0';
  const end = factory ? { status: 'DONE' as const, statusMessage: MESSAGE.factory } : ENDS[step.end ?? 'done'];
  const logs = step.end === 'crashed' && step.culprit ? containerFailure(step.culprit, 'stopped', 5).logs : [];
  return {
    name: step.name,
    state,
    message: factory ? step.message : `${step.message}\n\nSigned-off-by: ${step.by}`,
    date: new Date(now - step.daysAgo * DAY_MS),
    logs,
    ...end,
  };
}
