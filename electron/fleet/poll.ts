import { TrailbossError } from '../../shared/contract/errors.ts';
import { parseRevisionName, type RevisionName } from '../../shared/state/ids.ts';
import type { DeviceLink } from '../sources/source.ts';
import { metaText, type Observed, type Poll } from './observed.ts';

export interface PollWish {
  readonly link: DeviceLink;
  readonly now: () => number;
  readonly known: Observed;
  /** The revision whose progress is asked for in full, while an update runs. */
  readonly focus: RevisionName | undefined;
  /** The whole timeline too; always on the first poll. */
  readonly timeline: boolean;
}

type Mutable = { -readonly [Key in keyof Poll]: Poll[Key] };

/**
 * Asks a device what has changed, over whatever way is open. Never throws for the device's sake: what failed is in
 * `failure`, and what was heard before the failure counts.
 */
export async function pollDevice(wish: PollWish, signal: AbortSignal): Promise<Poll> {
  const poll: Mutable = { at: wish.now() };
  try {
    await wish.link.connect(signal);
    if (wish.link.capabilities.readTimeline) await pollControl(wish, poll, signal);
    else if (wish.link.capabilities.readState) poll.runningText = (await wish.link.readRunning(signal)).text;
    else poll.failure = closedWays(wish.link);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof TrailbossError)) throw error;
    poll.failure = error;
  }
  return { ...poll, at: wish.now() };
}

async function pollControl(wish: PollWish, poll: Mutable, signal: AbortSignal): Promise<void> {
  const { link, known, focus } = wish;
  if (focus !== undefined) poll.focus = { revision: focus, progress: (await link.readProgress(focus, signal)) ?? null };
  poll.containers = await link.readContainers(signal);
  poll.deviceMeta = await link.readDeviceMeta(signal);
  const running = parseRevisionName(metaText(poll.deviceMeta, 'pantavisor.revision') ?? '');
  if (running !== undefined) poll.running = running;
  if (wish.timeline || known.steps === undefined || running !== known.running) {
    poll.steps = await link.readTimeline(signal);
    poll.groups = await link.readGroups(signal);
    poll.userMeta = await link.readUserMeta(signal);
  }
  if (running !== undefined && (known.runningText === undefined || running !== known.running)) {
    const read = await link.readRunning(signal);
    poll.runningText = read.text;
    // It may have moved on since it told its metadata: the text belongs to the name that came with it.
    if (read.revision !== undefined) poll.running = read.revision;
    else delete poll.running;
  }
}

function closedWays(link: DeviceLink): TrailbossError {
  for (const way of [link.ways.ssh, link.ways.http]) {
    if ((way.kind === 'blocked' || way.kind === 'silent') && way.problem) {
      const { code, ...data } = way.problem;
      return new TrailbossError(code, data);
    }
  }
  return new TrailbossError('NOT_ANSWERING', {
    what: 'The device does not answer.',
    unchanged: 'What was heard before is still shown.',
    next: 'It is asked again by itself.',
  });
}
