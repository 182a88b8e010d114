import { z } from 'zod';
import type { ContainerReport, GroupReport } from '../../../shared/contract/device.ts';
import { Progress } from '../../../shared/progress/report.ts';
import { parseRevisionName, parseSha256, type RevisionName, type Sha256 } from '../../../shared/state/ids.ts';
import type { StepReport } from '../source.ts';

/*
 * What pv-ctrl really sends, read with tolerance: numbers as texts, "true" for true, missing keys, keys of later releases.
 * An entry of a list that can't be read at all is left out; the list stays.
 */

const Text = z.string().optional().catch(undefined);
const Count = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
  .optional()
  .catch(undefined);
const Flag = z
  .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
  .optional()
  .catch(undefined);

function listOf<T>(read: (entry: unknown) => T | undefined) {
  return z.array(z.unknown()).transform((entries) => entries.flatMap((entry) => read(entry) ?? []));
}

const Step = z.object({
  name: z.union([z.string(), z.number().transform(String)]),
  date: Text,
  commitmsg: z.string().catch(''),
  progress: Progress.optional().catch(undefined),
});

function readStep(entry: unknown): StepReport | undefined {
  const step = Step.safeParse(entry);
  const name = step.success ? parseRevisionName(step.data.name) : undefined;
  if (!step.success || name === undefined) return undefined;
  const { date, commitmsg, progress } = step.data;
  // The list shows {} where the progress is longer than some 500 bytes (recordings, surprise 10).
  return { name, date, message: commitmsg, progress: progress === undefined || progress.status === '' ? undefined : progress };
}

/** GET /steps. */
export const StepList = listOf(readStep);

/** GET /steps/<name>/progress. */
export const StepProgress = Progress;

const Container = z.object({
  name: z.string(),
  group: Text,
  status: z.string().catch(''),
  status_goal: Text,
  restart_policy: Text,
  roles: z.array(z.string()).catch([]),
  user_stopped: Flag,
  auto_recovery: z
    .object({ policy: Text, max_retries: Count, current_retries: Count, is_stable: Flag })
    .optional()
    .catch(undefined),
});

function readContainer(entry: unknown): ContainerReport | undefined {
  const parsed = Container.safeParse(entry);
  if (!parsed.success) return undefined;
  const { name, group, status, status_goal, restart_policy, roles, user_stopped, auto_recovery: recovery } = parsed.data;
  const { policy, max_retries, current_retries, is_stable } = recovery ?? {};
  return {
    name,
    status,
    roles,
    ...present('group', group),
    ...present('statusGoal', status_goal),
    ...present('restartPolicy', restart_policy),
    ...present('userStopped', user_stopped),
    ...(recovery === undefined
      ? {}
      : {
          autoRecovery: {
            ...present('policy', policy),
            ...present('maxRetries', max_retries),
            ...present('currentRetries', current_retries),
            ...present('stable', is_stable),
          },
        }),
  };
}

/** GET /containers. */
export const ContainerList = listOf(readContainer);

const Group = z.object({ name: z.string(), status: Text, status_goal: Text, restart_policy: Text });

function readGroup(entry: unknown): GroupReport | undefined {
  const parsed = Group.safeParse(entry);
  if (!parsed.success) return undefined;
  const { name, status, status_goal, restart_policy } = parsed.data;
  return {
    name,
    ...present('status', status),
    ...present('statusGoal', status_goal),
    ...present('restartPolicy', restart_policy),
  };
}

/** GET /groups. */
export const GroupList = listOf(readGroup);

const StoredObject = z.object({ sha256: z.string(), size: Count });

/** GET /objects: the objects that the device has, with their sizes in bytes where it tells them (as texts). */
export const ObjectList = listOf((entry) => {
  const parsed = StoredObject.safeParse(entry);
  const sha = parsed.success ? parseSha256(parsed.data.sha256) : undefined;
  return sha === undefined ? undefined : { sha, size: parsed.data?.size };
}).transform((objects): ReadonlyMap<Sha256, number | undefined> => new Map(objects.map(({ sha, size }) => [sha, size])));

/** GET /device-meta and /user-meta: values are texts or JSON. */
export const Metadata = z.record(z.string(), z.unknown());

/** The revision that device-meta names as running. */
export function runningRevision(deviceMeta: Readonly<Record<string, unknown>>): RevisionName | undefined {
  const name = deviceMeta['pantavisor.revision'];
  return typeof name === 'string' || typeof name === 'number' ? parseRevisionName(String(name)) : undefined;
}

/** By their numbers (pantavisor config.h, secureboot_mode_t). */
const securebootModes = ['disabled', 'audit', 'lenient', 'strict'] as const;

const SecurebootMode = z
  .union([z.number().transform((mode) => securebootModes[mode]), z.enum(securebootModes)])
  .optional()
  .catch(undefined);

/** GET /config, as far as Trailboss looks: where the device keeps its objects, and what it asks of signatures. */
export const DeviceConfig = z.object({ 'storage.mntpoint': Text, 'secureboot.mode': SecurebootMode });

/** The text of a refusal: pv-ctrl says {"Error": …}, the pvr endpoint {"error": …} or {"Error": …}. */
export const Refusal = z.object({ Error: Text, error: Text }).transform((sent) => sent.Error ?? sent.error);

function present<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: V });
}
