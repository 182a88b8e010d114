import type { Capabilities, Ways } from '../../shared/contract/connection.ts';
import type { DeviceDetail } from '../../shared/contract/device.ts';
import type { DeviceCondition, DeviceSummary } from '../../shared/contract/fleet.ts';
import { hubNumber } from '../../shared/state/ids.ts';
import type { StepReport } from '../sources/source.ts';
import type { DeviceFacts, DeviceRecord } from '../storage/devices.ts';
import { stepReports } from './hub-sight.ts';
import { metaText, type Observed } from './observed.ts';
import { lastFailure, rollbackTarget, sinceBoot } from './timeline-facts.ts';

export interface SummaryInput {
  readonly record: DeviceRecord;
  readonly ways: Ways;
  readonly observed: Observed;
  /** What was known before Trailboss was started, and what a hub told since. */
  readonly facts: DeviceFacts;
  readonly update: DeviceSummary['update'];
  /** When revisions were seen from here to become checkpoints. */
  readonly doneAt: ReadonlyMap<string, number> | undefined;
  /** The instant as of which the device's hub tells; undefined while it was not heard. */
  readonly asOf: number | undefined;
}

export interface DetailInput extends SummaryInput {
  readonly capabilities: Capabilities;
  readonly globalMeta: Readonly<Record<string, unknown>> | undefined;
}

/** Milliseconds without a word from a device to its hub after which it counts as not answering: it tells of itself every 10 s, and a slow one reboots for minutes. */
export const hubSilenceAfter = 600_000;

/** Statuses of a revision that is on its way, whoever posted it. */
const movingStatuses = new Set(['QUEUED', 'DOWNLOADING', 'INPROGRESS', 'TESTING']);
const upStatuses = new Set(['STARTED', 'READY', 'MOUNTED']);

/** One row of the fleet, from what was heard; pure. */
export function summarize(input: SummaryInput): DeviceSummary {
  const { record, ways, observed, facts, update } = input;
  const running = observed.running ?? facts.running;
  const steps = knownSteps(input);
  const step = steps.find((candidate) => candidate.name === running);
  const failure = lastFailure(steps);
  const status = step?.progress?.status;
  const meta = observed.deviceMeta;
  const containers = observed.containers?.list;
  const heardAt = observed.heardAt ?? facts.heardAt;
  const board = metaText(meta, 'pantavisor.dtmodel') ?? metaText(meta, 'pantavisor.cpumodel') ?? facts.board;
  const arch = metaText(meta, 'pantavisor.arch') ?? facts.arch;
  const version = metaText(meta, 'pantavisor.version') ?? facts.version;
  const mode = metaText(meta, 'pantavisor.mode') ?? facts.mode;
  const silence = silenceOf(input);
  return {
    id: record.id,
    name: record.name,
    demo: record.demo !== undefined,
    connection: record.connection,
    ...(record.hub && { hub: record.hub }),
    labels: facts.labels ?? {},
    ways,
    condition: condition(input, steps, status, failure?.progress?.status, silence),
    ...(running !== undefined && {
      running: { revision: running, ...(status && { status }), ...(step?.message && { message: step.message }) },
    }),
    ...(status !== undefined && { checkpoint: status === 'DONE' }),
    ...(failure?.progress && {
      lastFailure: { revision: failure.name, status: failure.progress.status, message: failure.progress.message },
    }),
    ...(update && { update }),
    ...(containers && {
      containers: {
        total: containers.length,
        ready: containers.filter((container) => upStatuses.has(container.status)).length,
        names: containers.map(({ name }) => name),
      },
    }),
    ...(board !== undefined && { board }),
    ...(arch !== undefined && { arch }),
    ...(version !== undefined && { version }),
    ...(mode !== undefined && { mode }),
    ...(heardAt !== undefined && { heardAt }),
    ...(silence?.since !== undefined && { silentSince: silence.since }),
  };
}

/** The timeline as it was heard, else what its hub told of the newest revisions. */
function knownSteps({ observed, facts }: SummaryInput): readonly StepReport[] {
  return observed.steps?.list ?? (facts.hub ? stepReports(facts.hub) : []);
}

/**
 * Whether a device does not answer, and since when. One that its hub hears is there, whatever the local network says; a hub that is
 * silent itself says nothing new of its devices.
 */
function silenceOf({ record, ways, observed, facts, asOf }: SummaryInput): { readonly since?: number } | undefined {
  const near = [ways.http, ways.ssh].some((way) => way.kind === 'open');
  const silent = observed.silentSince === undefined ? undefined : { since: observed.silentSince };
  if (near || !record.hub || !facts.hub) return silent;
  const heardAt = observed.heardAt ?? facts.heardAt;
  if (heardAt === undefined) return {};
  return (asOf ?? heardAt) - heardAt > hubSilenceAfter ? { since: heardAt } : undefined;
}

function condition(
  { record, ways, observed, facts, update }: SummaryInput,
  steps: readonly StepReport[],
  status: string | undefined,
  failed: string | undefined,
  silence: ReturnType<typeof silenceOf>,
): DeviceCondition {
  const all = [ways.http, ways.ssh, ways.hub];
  if (update) return 'updating';
  if (all.some((way) => way.kind === 'blocked') && !all.some((way) => way.kind === 'open')) return 'blocked';
  if (silence) return 'not-answering';
  if (observed.heardAt === undefined && !(record.hub && facts.hub)) return 'connecting';
  if (steps.some((step) => isMoving(step, observed.running ?? facts.running))) return 'updating';
  if (failed === 'ERROR') return 'failed';
  if (failed === 'WONTGO') return 'refused';
  if (status === undefined) return 'answering';
  return status === 'UPDATED' ? 'not-a-checkpoint' : 'up-to-date';
}

/** One that waits on the hub is on its way too, unless the device follows no hub now. */
function isMoving(step: StepReport, running: string | undefined): boolean {
  const status = step.progress?.status ?? '';
  const follows = running === undefined || hubNumber(running) !== undefined;
  return movingStatuses.has(status) || (status === 'NEW' && step.onHub === true && follows);
}

/** Everything about one device but its timeline; pure. */
export function detail(input: DetailInput): DeviceDetail {
  const { observed, capabilities, globalMeta } = input;
  const steps = observed.steps?.list ?? [];
  const rollback = rollbackTarget(steps, observed.running, input.doneAt, observed.clockAhead);
  return {
    summary: summarize(input),
    capabilities,
    ...(observed.containers && {
      containers: {
        heardAt: observed.containers.at,
        list: [...observed.containers.list],
        groups: [...observed.containers.groups],
      },
    }),
    ...(observed.deviceMeta && { deviceMeta: { ...observed.deviceMeta } }),
    ...(observed.userMeta && { userMeta: { ...observed.userMeta } }),
    ...(globalMeta && { globalMeta: { ...globalMeta } }),
    ...(rollback.to !== undefined && { rollbackTo: rollback.to }),
    sinceBoot: [...sinceBoot(steps, observed.running)],
  };
}
