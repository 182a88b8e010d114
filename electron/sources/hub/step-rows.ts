import { z } from 'zod';
import { Progress } from '../../../shared/progress/report.ts';
import { hubNumber } from '../../../shared/state/ids.ts';
import type { HubStep } from './hub.ts';
import { Count, deviceIdIn, Flag, Instant, OptionalText, Text } from './wire-values.ts';

/** Where there is no progress at all, as for a step that nobody has touched. */
const NoProgress = Progress.parse({});

/** A revision as the hub sends it (hub: trails/trailmodels, Step). The state is no part of it: it is asked for as text. */
const StepRow = z
  .object({
    id: Text,
    rev: Count,
    'trail-id': Text,
    device: Text,
    committer: OptionalText,
    'commit-msg': Text,
    'state-sha': OptionalText,
    progress: Progress.catch(NoProgress),
    'step-time': Instant,
    'progress-time': Instant,
    'time-created': Instant,
    'time-modified': Instant,
    garbage: Flag,
  })
  .transform((row, context): HubStep => {
    const deviceId = deviceIdIn(row['trail-id']) ?? deviceIdIn(row.device) ?? deviceIdIn(row.id);
    const revision = row.rev === undefined ? revisionIn(row.id) : hubNumber(String(row.rev));
    if (deviceId === undefined || revision === undefined) {
      context.addIssue({ code: 'custom', message: 'no revision of a device' });
      return z.NEVER;
    }
    return {
      deviceId,
      revision,
      message: row['commit-msg'],
      committer: row.committer,
      createdAt: row['step-time'] ?? row['time-created'],
      changedAt: row['time-modified'] ?? row['progress-time'],
      progress: row.progress,
      stateSha: row['state-sha'],
      garbage: row.garbage,
    };
  });

export const HubStepReply: z.ZodType<HubStep, unknown> = StepRow;

export function readStep(row: unknown): HubStep | undefined {
  const parsed = StepRow.safeParse(row);
  return parsed.success ? parsed.data : undefined;
}

function revisionIn(id: string): number | undefined {
  return hubNumber(/[0-9a-f]-(\d+)$/.exec(id)?.[1] ?? '');
}
