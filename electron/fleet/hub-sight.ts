import { hash } from 'node:crypto';
import { labelPrefix } from '../../shared/contract/metadata.ts';
import { hubNumber, parseRevisionName } from '../../shared/state/ids.ts';
import type { HubDevice, HubStep, HubSummary } from '../sources/hub/hub.ts';
import type { StepReport } from '../sources/source.ts';
import type { DeviceFacts, HubSight, SightStep } from '../storage/device-facts.ts';
import { metaText } from './observed.ts';

/** So many of the newest revisions of each device are remembered, beside the one that runs. */
export const rememberedSteps = 6;

/** Statuses that the hub or its user sets; every other one is the device's own word (hub.md §8). */
const ownersStatuses = new Set(['NEW', 'CANCEL', 'CANCELLED', 'CANCELED']);
/** What the hub writes where its user gave a revision up (hub: trails/put-trail-rev-cancel.go). */
const ownersWords = 'Mark as WONTGO as requested by owner';

const isByTheDevice = (step: { readonly status: string; readonly statusMessage?: string | undefined }) =>
  !ownersStatuses.has(step.status) && step.statusMessage !== ownersWords;

type Meta = Readonly<Record<string, unknown>>;

/**
 * Folds a row of the device list or of its changes into what is known; pure. An older row, or the same one again, changes nothing and
 * gives back the very same facts. The hub does not say who wrote a row: the device did where its metadata differ.
 */
export function seeDevice(known: DeviceFacts, row: HubDevice): DeviceFacts {
  if (!isNews(known, row)) return known;
  const { deviceMeta: meta } = row;
  const metaMark = markOf(meta) ?? known.hub?.metaMark;
  const spokeAt = metaMark === known.hub?.metaMark ? known.hub?.spokeAt : latest(known.hub?.spokeAt, row.modifiedAt);
  const running = metaText(meta, 'pantavisor.revision') ?? known.hub?.running;
  const hub: HubSight = {
    ...known.hub,
    ...(row.createdAt !== undefined && { createdAt: row.createdAt }),
    ...(row.modifiedAt !== undefined && { modifiedAt: row.modifiedAt }),
    ...(spokeAt !== undefined && { spokeAt }),
    ...(metaMark !== undefined && { metaMark }),
    ...(running !== undefined && { running }),
    steps: remembered(known.hub?.steps ?? [], running),
  };
  return { ...known, ...metaFacts(meta), labels: labelsOf(row.userMeta), hub };
}

/** Whether a row tells something that was not heard yet. */
export function isNews(known: DeviceFacts, row: HubDevice): boolean {
  const before = known.hub?.modifiedAt;
  return before === undefined || row.modifiedAt === undefined || row.modifiedAt > before;
}

/** Folds one revision in; pure. What was changed later holds, whatever order they come in. */
export function seeStep(known: DeviceFacts, row: HubStep): DeviceFacts {
  const steps = known.hub?.steps ?? [];
  const before = steps.find((step) => step.revision === row.revision);
  if (row.garbage) return before ? withSteps(known, without(steps, row.revision)) : known;
  if (before?.changedAt !== undefined && row.changedAt !== undefined && before.changedAt >= row.changedAt) return known;
  return withSteps(known, [...without(steps, row.revision), stepOf(row)]);
}

/** Folds in the newest revisions of a trail as they were asked for: what is not among them is there no more. */
export function seeTrail(known: DeviceFacts, rows: readonly HubStep[]): DeviceFacts {
  const lowest = Math.min(...rows.map((row) => row.revision));
  const older = (known.hub?.steps ?? []).filter((step) => step.revision < lowest);
  const fresh = rows.filter((row) => !row.garbage).map(stepOf);
  const later = (step: SightStep) =>
    known.hub?.steps.find((one) => one.revision === step.revision && (one.changedAt ?? 0) > (step.changedAt ?? 0));
  return withSteps(known, [...older, ...fresh.map((step) => later(step) ?? step)]);
}

/** Folds in a line of the overview, which comes late: it counts where nothing newer was heard of that revision. */
export function seeSummary(known: DeviceFacts, row: HubSummary): DeviceFacts {
  const revision = row.progressRevision ?? row.revision;
  if (revision === undefined || row.status === undefined) return known;
  const steps = [...(known.hub?.steps ?? [])];
  const before = steps.find((step) => step.revision === revision);
  const isOlder = before?.changedAt !== undefined && (row.touchedAt === undefined || before.changedAt >= row.touchedAt);
  const { status, statusMessage } = row;
  const spokeAt = isByTheDevice({ status, statusMessage }) ? latest(known.hub?.spokeAt, row.touchedAt) : known.hub?.spokeAt;
  const heard: DeviceFacts = { ...known, hub: { ...known.hub, ...(spokeAt !== undefined && { spokeAt }), steps } };
  if (isOlder || before?.status === row.status) return heard;
  const step: SightStep = {
    ...(before?.message !== undefined && { message: before.message }),
    revision,
    status: row.status,
    statusMessage: row.statusMessage ?? '',
  };
  return withSteps(heard, [...without(steps, revision), step]);
}

/** Whether the revision that runs, and how it went, is not known from what was told: the device's trail has to be asked. */
export function isDoubtful(facts: DeviceFacts): boolean {
  const steps = facts.hub?.steps ?? [];
  const running = hubNumber(facts.hub?.running ?? '');
  return steps.length === 0 || (running !== undefined && !steps.some((step) => step.revision === running));
}

/** Whether nobody told yet with which message the running revision was posted: the overview has none. */
export function lacksMessage({ hub }: DeviceFacts): boolean {
  const running = hub && runningBy(hub);
  if (!hub || running === undefined || hubNumber(running) === undefined) return false;
  return hub.steps.find((step) => String(step.revision) === running)?.message === undefined;
}

/** Revisions that the hub waits for or that are on their way; something newer may have been missed of them. */
export function hasOpenSteps(facts: DeviceFacts): boolean {
  return (facts.hub?.steps ?? []).some((step) => openStatuses.has(step.status));
}

/** Milliseconds after which a revision of which nothing more was heard is stuck rather than on its way: no need to ask quickly. */
const stuckAfter = 600_000;

/** Whether a revision of which something was heard lately waits or is on its way; `now` by the hub's clock. */
export function isOnItsWay(facts: DeviceFacts, now: number): boolean {
  return (facts.hub?.steps ?? []).some((step) => openStatuses.has(step.status) && now - (step.changedAt ?? 0) < stuckAfter);
}

/** On their way, or waiting for a device that asks its hub. */
export const openStatuses: ReadonlySet<string> = new Set(['NEW', 'QUEUED', 'DOWNLOADING', 'INPROGRESS', 'TESTING']);

/** The revision that runs: by the device's own word, else the newest that it ended well with. */
export function runningBy(hub: HubSight): string | undefined {
  const newest = hub.steps.findLast((step) => endedWell(step.status));
  return hub.running ?? (newest && String(newest.revision));
}

/** What is remembered of a trail in the shape of a timeline, oldest first and undated. */
export function stepReports(hub: HubSight): readonly StepReport[] {
  return hub.steps.flatMap(({ revision, status, statusMessage, message }) => {
    const name = parseRevisionName(String(revision));
    return name === undefined
      ? []
      : [{ name, date: undefined, message: message ?? '', onHub: true, progress: { status, message: statusMessage } }];
  });
}

/** A revision as the hub told it, in the shape of a timeline. */
export function stepReport(row: HubStep): StepReport | undefined {
  const name = parseRevisionName(String(row.revision));
  return (
    name && {
      name,
      date: row.createdAt === undefined ? undefined : new Date(row.createdAt).toISOString(),
      message: row.message,
      committer: row.committer,
      onHub: true,
      hubOnly: true,
      stateSha: row.stateSha,
      progress: row.progress,
    }
  );
}

export function labelsOf(userMeta: Meta): Record<string, string> {
  const labels = Object.entries(userMeta).filter(([key]) => key.startsWith(labelPrefix) && key !== labelPrefix);
  return Object.fromEntries(
    labels.flatMap(([key]) => {
      const text = metaText(userMeta, key);
      return text === undefined ? [] : [[key.slice(labelPrefix.length), text]];
    }),
  );
}

/** What a row of the fleet shows of a device's own description. */
export function metaFacts(meta: Meta | undefined): Partial<DeviceFacts> {
  const board = metaText(meta, 'pantavisor.dtmodel') ?? metaText(meta, 'pantavisor.cpumodel');
  const arch = metaText(meta, 'pantavisor.arch');
  const version = metaText(meta, 'pantavisor.version');
  const mode = metaText(meta, 'pantavisor.mode');
  return {
    ...(board !== undefined && { board }),
    ...(arch !== undefined && { arch }),
    ...(version !== undefined && { version }),
    ...(mode !== undefined && { mode }),
  };
}

function stepOf(row: HubStep): SightStep {
  return {
    revision: row.revision,
    status: row.progress.status,
    statusMessage: row.progress.message,
    message: row.message,
    ...(row.changedAt !== undefined && { changedAt: row.changedAt }),
    ...(row.stateSha !== undefined && endedWell(row.progress.status) && { stateSha: row.stateSha }),
  };
}

function endedWell(status: string): boolean {
  return status === 'DONE' || status === 'UPDATED';
}

function withSteps(known: DeviceFacts, steps: readonly SightStep[]): DeviceFacts {
  const spoke = steps.filter(isByTheDevice).map((step) => step.changedAt);
  const spokeAt = latest(known.hub?.spokeAt, ...spoke);
  return {
    ...known,
    hub: { ...known.hub, ...(spokeAt !== undefined && { spokeAt }), steps: remembered(steps, known.hub?.running) },
  };
}

function without(steps: readonly SightStep[], revision: number): readonly SightStep[] {
  return steps.filter((step) => step.revision !== revision);
}

function remembered(steps: readonly SightStep[], running: string | undefined): SightStep[] {
  const ordered = [...steps].sort((a, b) => a.revision - b.revision);
  const newest = ordered.slice(-rememberedSteps);
  const one = ordered.find((step) => String(step.revision) === running);
  return one === undefined || newest.includes(one) ? newest : [one, ...newest];
}

/** A device that never wrote its metadata has none. */
function markOf(meta: Meta): string | undefined {
  return Object.keys(meta).length === 0 ? undefined : hash('sha1', JSON.stringify(meta), 'base64').slice(0, 12);
}

function latest(...instants: readonly (number | undefined)[]): number | undefined {
  const known = instants.filter((instant) => instant !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
