import { z } from 'zod';
import type { ContainerReport, GroupReport } from '../../shared/contract/device.ts';
import type { TrailbossError } from '../../shared/contract/errors.ts';
import type { Progress } from '../../shared/progress/report.ts';
import type { RevisionName } from '../../shared/state/ids.ts';
import type { StepReport } from '../sources/source.ts';

/** What one poll of a device brought. A field is absent where it was not asked, or where the way to ask is missing. */
export interface Poll {
  readonly at: number;
  readonly running?: RevisionName;
  readonly runningText?: string;
  readonly steps?: readonly StepReport[];
  readonly containers?: readonly ContainerReport[];
  readonly groups?: readonly GroupReport[];
  readonly deviceMeta?: Readonly<Record<string, unknown>>;
  readonly userMeta?: Readonly<Record<string, unknown>>;
  /** Progress of the revision in focus; `null` when the device has no such revision. */
  readonly focus?: { readonly revision: RevisionName; readonly progress: Progress | null };
  /** A hub answered in the device's place; the device itself last spoke to it then, by this computer's clock. */
  readonly hub?: { readonly spokeAt: number | undefined };
  /** Revisions of the hub's trail that changed, beside those that are known. */
  readonly changedSteps?: readonly StepReport[];
  /** Nothing, or not all, could be asked. */
  readonly failure?: TrailbossError;
}

/** Everything heard from one device so far, newest word of each kind. Times are instants. */
export interface Observed {
  readonly running?: RevisionName;
  readonly runningText?: string;
  readonly steps?: { readonly at: number; readonly list: readonly StepReport[] };
  readonly containers?: {
    readonly at: number;
    readonly list: readonly ContainerReport[];
    readonly groups: readonly GroupReport[];
  };
  readonly deviceMeta?: Readonly<Record<string, unknown>>;
  readonly userMeta?: Readonly<Record<string, unknown>>;
  /** Milliseconds that the device's clock is ahead of this computer's; 0 while nothing speaks against it. */
  readonly clockAhead?: number;
  readonly heardAt?: number;
  readonly silentSince?: number;
}

/**
 * Folds a poll into what is known. A failed poll takes nothing away: what was heard stays, with its age. A hub's answer says nothing
 * about whether the device is there now, only when it was.
 */
export function observe(known: Observed, poll: Poll): Observed {
  const heard = poll.hub === undefined && (poll.failure === undefined || answered(poll));
  const { silentSince, running, runningText, ...rest } = known;
  const ahead = poll.hub ? known.clockAhead : clockAhead(known, poll);
  // A device that tells its state without a name, over the pvr endpoint, runs the revision that is known as long as the text is the same.
  const isNamed = poll.runningText === undefined || poll.runningText === runningText;
  const isTexted = poll.hub === undefined || poll.running === undefined || poll.running === running;
  const steps = stepsAfter(known.steps, poll);
  const heardAt = heard ? poll.at : later(known.heardAt, poll.hub?.spokeAt);
  const fellSilent = poll.failure !== undefined && isSilence(poll.failure) ? (silentSince ?? poll.at) : undefined;
  const silent = poll.hub ? silentSince : fellSilent;
  return {
    ...rest,
    ...(running !== undefined && isNamed && { running }),
    ...(poll.running !== undefined && { running: poll.running }),
    ...(runningText !== undefined && isTexted && { runningText }),
    ...(poll.runningText !== undefined && { runningText: poll.runningText }),
    ...(steps && { steps }),
    ...(poll.containers && {
      containers: { at: poll.at, list: poll.containers, groups: poll.groups ?? known.containers?.groups ?? [] },
    }),
    ...(poll.deviceMeta && { deviceMeta: poll.deviceMeta }),
    ...(ahead !== undefined && { clockAhead: ahead }),
    ...(poll.userMeta && { userMeta: poll.userMeta }),
    ...(heardAt !== undefined && { heardAt }),
    ...(!heard && silent !== undefined && { silentSince: silent }),
  };
}

function later(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

/** What changed goes beside a timeline that was heard; alone it is none. */
function stepsAfter(known: Observed['steps'], poll: Poll): Observed['steps'] {
  if (poll.steps) return { at: poll.at, list: poll.steps };
  if (!known || !poll.changedSteps) return known;
  const changed = new Map(poll.changedSteps.map((step) => [step.name, step]));
  const list = known.list.map((step) => {
    const news = changed.get(step.name);
    changed.delete(step.name);
    if (!news) return step;
    const { hubOnly: _known, ...told } = news;
    return { ...step, ...told, message: news.message || step.message, date: step.date ?? news.date };
  });
  return { at: poll.at, list: [...list, ...changed.values()] };
}

/** The device tells its time as it was up to some minutes ago: less than this is taken for the age of what it tells. */
const clockDoubt = 300_000;

/** Taken when the device tells a new time; the same one told again has only grown older. */
function clockAhead(known: Observed, poll: Poll): number | undefined {
  const seconds = deviceTime(poll.deviceMeta);
  if (seconds === undefined || seconds === deviceTime(known.deviceMeta)) return known.clockAhead;
  const ahead = seconds * 1000 - poll.at;
  return Math.abs(ahead) < clockDoubt ? 0 : ahead;
}

function deviceTime(meta: Poll['deviceMeta']): number | undefined {
  const parsed = BootMeta.safeParse(meta);
  return parsed.success ? parsed.data.time?.timeval.tv_sec : undefined;
}

/** A host key to be looked at, or a login to be mended, is a question to the person and no silence. */
function isSilence(failure: TrailbossError): boolean {
  return !['HOST_KEY_UNKNOWN', 'HOST_KEY_CHANGED', 'LOGIN_REFUSED', 'PASSPHRASE_NEEDED'].includes(failure.code);
}

/** Whether the device said anything in this poll. */
export function answered(poll: Poll): boolean {
  return Boolean(
    poll.running !== undefined ||
      poll.runningText !== undefined ||
      poll.steps ||
      poll.containers ||
      poll.deviceMeta ||
      poll.changedSteps ||
      poll.focus,
  );
}

/** Which boot a device is in, by its own words: `uptime` in seconds, and the boot's instant by the device's clock in milliseconds. */
export interface BootMark {
  readonly uptime: number;
  readonly bootedAt?: number | undefined;
}

const BootMeta = z.object({
  sysinfo: z.object({ uptime: z.coerce.number() }),
  time: z
    .object({ timeval: z.object({ tv_sec: z.coerce.number() }) })
    .optional()
    .catch(undefined),
});

/** Read from device-meta's `sysinfo` and `time`, which the device takes at the same moment and may tell much later. */
export function bootMark(meta: Readonly<Record<string, unknown>> | undefined): BootMark | undefined {
  const parsed = BootMeta.safeParse(meta);
  if (!parsed.success) return undefined;
  const { sysinfo, time } = parsed.data;
  return { uptime: sysinfo.uptime, bootedAt: time && (time.timeval.tv_sec - sysinfo.uptime) * 1000 };
}

/** Seconds of rounding between two marks of one boot, and a jump that is the clock being set rather than a boot; milliseconds. */
const sameBoot = 3000;
const clockWasSet = 86_400_000;

/** Whether the device booted between two marks. */
export function bootedBetween(before: BootMark | undefined, after: BootMark | undefined): boolean {
  if (!before || !after) return false;
  if (after.uptime < before.uptime) return true;
  const moved = before.bootedAt === undefined || after.bootedAt === undefined ? 0 : after.bootedAt - before.bootedAt;
  return moved > sameBoot && moved < clockWasSet;
}

/** A text of device-meta by key, whatever type the device gave it. */
export function metaText(meta: Readonly<Record<string, unknown>> | undefined, key: string): string | undefined {
  const value = meta?.[key];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}
