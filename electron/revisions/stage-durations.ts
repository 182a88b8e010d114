import type { ProgressReport } from '../../shared/contract/update.ts';
import { stagesOf } from '../../shared/progress/stages.ts';
import type { UpdateJournal, UpdateStore } from '../storage/updates.ts';

/** How long each stage took, in milliseconds, where it was watched: our own upload first, then what the device reported. */
export function stageDurations(
  update: UpdateJournal,
  reports: readonly ProgressReport[],
): readonly { stage: string; ms: number }[] {
  const upload =
    update.upload?.endedAt === undefined ? [] : [{ stage: 'upload', ms: update.upload.endedAt - update.upload.startedAt }];
  const stages = stagesOf(reports).stages.flatMap(({ stage, durationMs }) =>
    durationMs === undefined ? [] : [{ stage, ms: durationMs }],
  );
  return [...upload, ...stages];
}

/** How many earlier updates of a device say what is usual on it. */
const lookBack = 20;

/** How long each stage took in earlier updates of the same device that came the same way; read when it is first asked for. */
export function stageHistory(store: UpdateStore, update: UpdateJournal): (stage: string) => readonly number[] {
  let known: ReadonlyMap<string, readonly number[]> | undefined;
  const read = () => {
    const times = new Map<string, number[]>();
    const earlier = store.list(update.deviceId, lookBack).filter((one) => one.phase === 'ended' && one.via === update.via);
    for (const { stage, ms } of earlier.flatMap((one) => stageDurations(one, store.reports(one.id)))) {
      times.set(stage, [...(times.get(stage) ?? []), ms]);
    }
    return times;
  };
  return (stage) => {
    known ??= read();
    return known.get(stage) ?? [];
  };
}
