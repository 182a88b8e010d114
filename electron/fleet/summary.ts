import type { DeviceDetail } from '../../shared/contract/device.ts';
import type { DeviceCondition, DeviceSummary } from '../../shared/contract/fleet.ts';
import type { DeviceLink } from '../sources/source.ts';
import type { DeviceFacts, DeviceRecord } from '../storage/devices.ts';
import { metaText, type Observed } from './observed.ts';
import { lastFailure, rollbackTarget, sinceBoot } from './timeline-facts.ts';

export interface SummaryInput {
  readonly record: DeviceRecord;
  readonly link: Pick<DeviceLink, 'ways' | 'capabilities'>;
  readonly observed: Observed;
  /** What was known before Trailboss was started. */
  readonly facts: DeviceFacts;
  readonly update: DeviceSummary['update'];
  /** When revisions were seen from here to become checkpoints. */
  readonly doneAt: ReadonlyMap<string, number>;
}

/** Statuses of a revision that is on its way, whoever posted it. */
const movingStatuses = new Set(['QUEUED', 'DOWNLOADING', 'INPROGRESS', 'TESTING']);
const upStatuses = new Set(['STARTED', 'READY', 'MOUNTED']);

/** One row of the fleet, from what was heard; pure. */
export function summarize(input: SummaryInput): DeviceSummary {
  const { record, link, observed, facts, update } = input;
  const running = observed.running ?? facts.running;
  const step = observed.steps?.list.find((candidate) => candidate.name === running);
  const failure = observed.steps && lastFailure(observed.steps.list);
  const status = step?.progress?.status;
  const meta = observed.deviceMeta;
  const containers = observed.containers?.list;
  const heardAt = observed.heardAt ?? facts.heardAt;
  const board = metaText(meta, 'pantavisor.dtmodel') ?? metaText(meta, 'pantavisor.cpumodel') ?? facts.board;
  const arch = metaText(meta, 'pantavisor.arch') ?? facts.arch;
  const version = metaText(meta, 'pantavisor.version') ?? facts.version;
  const mode = metaText(meta, 'pantavisor.mode') ?? facts.mode;
  return {
    id: record.id,
    name: record.name,
    demo: record.demo !== undefined,
    connection: record.connection,
    labels: {},
    ways: link.ways,
    condition: condition(input, status, failure !== undefined ? failure.progress?.status : undefined),
    ...(running !== undefined && {
      running: { revision: running, ...(status && { status }), ...(step?.message && { message: step.message }) },
    }),
    ...(status !== undefined && { checkpoint: status === 'DONE' }),
    ...(failure?.progress && {
      lastFailure: { revision: failure.name, status: failure.progress.status, message: failure.progress.message },
    }),
    ...(update && { update }),
    ...(containers && {
      containers: { total: containers.length, ready: containers.filter((container) => upStatuses.has(container.status)).length },
    }),
    ...(board !== undefined && { board }),
    ...(arch !== undefined && { arch }),
    ...(version !== undefined && { version }),
    ...(mode !== undefined && { mode }),
    ...(heardAt !== undefined && { heardAt }),
    ...(observed.silentSince !== undefined && { silentSince: observed.silentSince }),
  };
}

function condition(input: SummaryInput, status: string | undefined, failed: string | undefined): DeviceCondition {
  const { link, observed } = input;
  const ways = [link.ways.http, link.ways.ssh];
  if (input.update) return 'updating';
  if (ways.some((way) => way.kind === 'blocked') && !ways.some((way) => way.kind === 'open')) return 'blocked';
  if (observed.silentSince !== undefined) return 'not-answering';
  if (observed.heardAt === undefined) return 'connecting';
  if (input.observed.steps?.list.some((step) => movingStatuses.has(step.progress?.status ?? ''))) return 'updating';
  if (failed === 'ERROR') return 'failed';
  if (failed === 'WONTGO') return 'refused';
  if (status === undefined) return 'answering';
  return status === 'UPDATED' ? 'not-a-checkpoint' : 'up-to-date';
}

/** Everything about one device but its timeline; pure. */
export function detail(input: SummaryInput): DeviceDetail {
  const { observed, link } = input;
  const steps = observed.steps?.list ?? [];
  const rollback = rollbackTarget(steps, observed.running, input.doneAt, observed.clockAhead);
  return {
    summary: summarize(input),
    capabilities: link.capabilities,
    ...(observed.containers && {
      containers: {
        heardAt: observed.containers.at,
        list: [...observed.containers.list],
        groups: [...observed.containers.groups],
      },
    }),
    ...(observed.deviceMeta && { deviceMeta: { ...observed.deviceMeta } }),
    ...(observed.userMeta && { userMeta: { ...observed.userMeta } }),
    ...(rollback.to !== undefined && { rollbackTo: rollback.to }),
    sinceBoot: [...sinceBoot(steps, observed.running)],
  };
}
