import { randomUUID } from 'node:crypto';
import type { Via } from '../../shared/contract/connection.ts';
import { type DraftId, UpdateId } from '../../shared/contract/ids.ts';
import type { ForecastRecord } from '../../shared/contract/update.ts';
import type { RevisionName } from '../../shared/state/ids.ts';
import type { DeviceWatch } from '../fleet/device-watch.ts';
import { bootMark } from '../fleet/observed.ts';
import { rollbackTarget } from '../fleet/timeline-facts.ts';
import type { StartTexts, UpdateJournal } from '../storage/updates.ts';

/** What a person asked for. */
export interface Move {
  readonly kind: UpdateJournal['kind'];
  readonly via: Via;
  readonly revision: RevisionName;
  readonly message: string;
  /** The state's text as it will be sent; undefined for a reboot. */
  readonly text: string | undefined;
  readonly draftId: DraftId | undefined;
}

/** What the device moves from, and what that was forecast to do. */
export interface Outlook {
  readonly from: RevisionName | undefined;
  readonly forecast: ForecastRecord | undefined;
  /** The texts that it was forecast from. */
  readonly start: StartTexts | undefined;
}

/** A device on a hub is asked by itself only once somebody wants to know: then what is known of it is of now. */
export async function heardOnce(watch: DeviceWatch): Promise<void> {
  if (watch.hub) await watch.firstPoll;
}

/** The journal of an update that has not begun, from what is known of the device now. */
export function newJournal(
  watch: DeviceWatch,
  move: Move,
  outlook: Outlook,
  doneAt: ReadonlyMap<string, number>,
  now: number,
): UpdateJournal {
  const { observed, record } = watch;
  const steps = observed.steps?.list ?? [];
  const rollback = rollbackTarget(steps, observed.running, doneAt, observed.clockAhead);
  const before = steps.find((step) => step.name === move.revision)?.progress;
  const boot = bootMark(observed.deviceMeta);
  return {
    id: UpdateId.parse(randomUUID()),
    deviceId: record.id,
    kind: move.kind,
    via: move.via,
    revision: move.revision,
    message: move.message,
    phase: move.kind === 'post' ? 'uploading' : 'posting',
    startedAt: now,
    accepted: false,
    postTried: false,
    runTried: false,
    rebootSeen: false,
    changeSeen: false,
    containersBefore: observed.containers?.list.map((container) => container.name) ?? [],
    seenMoving: [],
    linkLost: false,
    lostOnFailure: [...rollback.lost],
    ...(outlook.from !== undefined && { from: outlook.from }),
    ...(rollback.to !== undefined && { rollbackTo: rollback.to }),
    ...(boot && { bootBefore: boot }),
    ...(before && { progressBefore: { status: before.status, message: before.message } }),
    ...(outlook.forecast && { forecast: outlook.forecast }),
    ...(move.draftId && { draftId: move.draftId }),
  };
}
