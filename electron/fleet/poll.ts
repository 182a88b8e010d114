import { TrailbossError } from '../../shared/contract/errors.ts';
import { hubNumber, parseRevisionName, type RevisionName } from '../../shared/state/ids.ts';
import { joinSteps } from '../sources/joined-steps.ts';
import type { DeviceLink, StepReport } from '../sources/source.ts';
import { metaText, type Observed, type Poll } from './observed.ts';

export interface PollWish {
  readonly link: DeviceLink;
  readonly now: () => number;
  readonly known: Observed;
  /** The revision whose progress is asked for in full, while an update runs. */
  readonly focus: RevisionName | undefined;
  /** The whole timeline too; always on the first poll. */
  readonly timeline: boolean;
  /** The device is asked alone although its hub is known: user-meta is the hub's, and so is part of the timeline. */
  readonly besideHub: boolean;
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
  // What the hub says of it is heard of the device when the device told the hub.
  if (wish.link.ways.hub.kind !== 'not-configured' && !isNear(wish.link)) poll.hub = { spokeAt: undefined };
  return { ...poll, at: wish.now() };
}

function isNear({ ways }: DeviceLink): boolean {
  return ways.ssh.kind === 'open' || ways.http.kind === 'open';
}

async function pollControl(wish: PollWish, poll: Mutable, signal: AbortSignal): Promise<void> {
  const { link, known, focus, besideHub } = wish;
  if (focus !== undefined) poll.focus = { revision: focus, progress: (await link.readProgress(focus, signal)) ?? null };
  if (link.capabilities.readContainers) poll.containers = await link.readContainers(signal);
  poll.deviceMeta = await link.readDeviceMeta(signal);
  const told = parseRevisionName(metaText(poll.deviceMeta, 'pantavisor.revision') ?? '');
  if (told !== undefined) poll.running = told;
  if (wish.timeline || known.steps === undefined || told !== known.running) {
    const steps = await link.readTimeline(signal);
    poll.steps = besideHub ? joinSteps({ lan: steps, hub: hubSteps(known), deviceAnswered: true }) : steps;
    if (link.capabilities.readContainers) poll.groups = await link.readGroups(signal);
    if (!besideHub) poll.userMeta = await link.readUserMeta(signal);
  }
  const running = told ?? lastGood(poll.steps ?? []);
  if (running === undefined || !canTellState(link, running)) return;
  poll.running = running;
  if (known.runningText !== undefined && running === known.running) return;
  const read = await link.readRunning(signal);
  poll.runningText = read.text;
  // It may have moved on since it told its metadata: the text belongs to the name that came with it.
  if (read.revision !== undefined) poll.running = read.revision;
  else delete poll.running;
}

function hubSteps(known: Observed): readonly StepReport[] {
  return (known.steps?.list ?? []).filter((step) => step.onHub);
}

/** A device that told its hub nothing of itself runs the newest revision that it ended well with there. */
function lastGood(steps: readonly StepReport[]): RevisionName | undefined {
  const good = steps.filter(({ progress, onHub }) => onHub && (progress?.status === 'DONE' || progress?.status === 'UPDATED'));
  return good.toSorted((a, b) => (hubNumber(b.name) ?? -1) - (hubNumber(a.name) ?? -1))[0]?.name;
}

/** The state of a local revision is on the device alone. */
function canTellState(link: DeviceLink, running: RevisionName): boolean {
  return isNear(link) || link.ways.hub.kind === 'not-configured' || hubNumber(running) !== undefined;
}

function closedWays(link: DeviceLink): TrailbossError {
  for (const way of [link.ways.ssh, link.ways.http, link.ways.hub]) {
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
