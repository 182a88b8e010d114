import { TrailbossError } from '../../shared/contract/errors.ts';
import { parseRevisionName, type RevisionName } from '../../shared/state/ids.ts';
import type { DeviceWatch } from '../fleet/device-watch.ts';
import { sinceBoot } from '../fleet/timeline-facts.ts';
import type { StartTexts } from '../storage/updates.ts';
import { forecastRecord } from './forecast-record.ts';
import { isWaiting } from './hub-plan.ts';
import type { Move, Outlook } from './new-journal.ts';
import type { States } from './states.ts';

interface Start extends StartTexts {
  readonly from: RevisionName | undefined;
}

/** Where the device will move from, and what the move will do. Over a hub an unknown start keeps nobody from posting. */
export async function outlookOf(
  watch: DeviceWatch,
  states: States,
  move: Pick<Move, 'via' | 'text'>,
  signal: AbortSignal,
): Promise<Outlook> {
  const running = watch.observed.running;
  if (move.text === undefined) return { from: running, forecast: undefined, start: undefined };
  try {
    const start =
      (move.via === 'hub' ? await waitingStart(watch, signal) : undefined) ?? (await runningStart(watch, states, signal));
    const { from, ...texts } = start;
    return { from, forecast: forecastRecord(texts.running, move.text, texts.sinceBoot), start: texts };
  } catch (error) {
    if (move.via === 'lan' || !(error instanceof TrailbossError) || signal.aborted) throw error;
    return { from: running, forecast: undefined, start: undefined };
  }
}

/** A device takes the revisions that wait on its hub one after the other: it comes to ours from the last of them. */
async function waitingStart({ hub }: DeviceWatch, signal: AbortSignal): Promise<Start | undefined> {
  const last = hub && (await hub.client.openSteps(hub.deviceId, signal)).findLast(isWaiting);
  if (!hub || !last) return undefined;
  const text = await hub.client.stateText(hub.deviceId, last.revision, signal);
  return { from: parseRevisionName(String(last.revision)), running: text, sinceBoot: [] };
}

async function runningStart(watch: DeviceWatch, states: States, signal: AbortSignal): Promise<Start> {
  const { observed, record } = watch;
  const text = observed.runningText ?? (await states.read(record.id, 'current', signal)).text;
  const earlier = [];
  for (const revision of sinceBoot(observed.steps?.list ?? [], observed.running)) {
    earlier.push((await states.read(record.id, revision, signal)).text);
  }
  return { from: observed.running, running: text, sinceBoot: earlier };
}
