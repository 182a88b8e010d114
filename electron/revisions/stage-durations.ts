import type { ProgressReport } from '../../shared/contract/update.ts';
import { stagesOf } from '../../shared/progress/stages.ts';
import type { UpdateJournal } from '../storage/updates.ts';

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
