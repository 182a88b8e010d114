import type { Timeline } from '../../shared/contract/device.ts';
import { type ErrorCode, TrailbossError } from '../../shared/contract/errors.ts';
import { ProgressReport, type UpdateView } from '../../shared/contract/update.ts';
import { parseRevisionName } from '../../shared/state/ids.ts';
import type { DeviceWatch } from '../fleet/device-watch.ts';
import { Listeners } from '../fleet/listeners.ts';
import { byDate } from '../fleet/timeline-facts.ts';
import type { StepReport } from '../sources/source.ts';
import type { Profile } from '../storage/profile.ts';
import { hashOfText } from '../storage/state-texts.ts';
import type { UpdateJournal } from '../storage/updates.ts';
import { stageDurations } from './stage-durations.ts';
import type { States } from './states.ts';
import { timelineOf } from './timelines.ts';
import type { Updates } from './updates.ts';

const KeptProgress = ProgressReport.omit({ heardAt: true });

/** So many of the newest revisions have their states fetched while somebody looks, to say what each of them changed. */
const statesAhead = 30;

/** Milliseconds that working out what revisions changed may hold up everything else, and until it is gone on with. */
const workAtMost = 50;
const restBetween = 200;

/** One revision's state can't be had; those of others may. */
const ofThisOne: ReadonlySet<ErrorCode> = new Set(['NOT_FOUND', 'REFUSED_BY_DEVICE', 'REFUSED_BY_HUB']);

/** One device's timeline while a screen shows it. */
export interface OpenTimeline {
  readonly timeline: Timeline;
  readonly changes: Listeners<void>;
  close(): void;
}

export class TimelineFeed {
  readonly #profile: Profile;
  readonly #states: States;
  readonly #updates: Updates;

  readonly #report: (error: unknown) => void;
  readonly #stages = new Map<string, ReturnType<typeof stageDurations>>();

  constructor(profile: Profile, states: States, updates: Updates, report: (error: unknown) => void) {
    this.#profile = profile;
    this.#states = states;
    this.#updates = updates;
    this.#report = report;
  }

  of(watch: DeviceWatch): OpenTimeline {
    const changes = new Listeners<void>();
    const stop = new AbortController();
    let filling = false;
    /** What was asked for while this is open, and as what it was listed: asking again would bring the same. */
    const asked = new Map<string, string>();
    const fill = async () => {
      if (filling || watch.summary.update) return;
      filling = true;
      try {
        await this.#fetchStates(watch, asked, AbortSignal.any([stop.signal, watch.stopped]), () => changes.tell());
      } finally {
        filling = false;
      }
    };
    const onChange = () => {
      changes.tell();
      fill().catch(this.#report);
    };
    const onUpdate = (update: UpdateView) => update.deviceId === watch.record.id && onChange();
    const leave = [watch.changes.add(onChange), this.#updates.changes.add(onUpdate), watch.view()];
    fill().catch(this.#report);
    let rest: NodeJS.Timeout | undefined;
    const read = () => {
      const { timeline, complete } = this.#read(watch);
      clearTimeout(rest);
      if (!complete && !stop.signal.aborted) rest = setTimeout(() => changes.tell(), restBetween);
      return timeline;
    };
    return {
      get timeline() {
        return read();
      },
      changes,
      close: () => {
        stop.abort();
        clearTimeout(rest);
        for (const one of leave) one();
      },
    };
  }

  #read(watch: DeviceWatch): ReturnType<typeof timelineOf> {
    const { id } = watch.record;
    const updates = new Map<string, UpdateJournal>();
    for (const update of [...this.#profile.updates.list(id, 200)].reverse()) {
      if (update.kind !== 'reboot') updates.set(update.revision, update);
    }
    const hashes = this.#profile.revisions.stateHashes(id);
    const running = watch.observed.runningText;
    const current = running === undefined ? undefined : { hash: hashOfText(running), text: () => running };
    const until = performance.now() + workAtMost;
    return timelineOf({
      steps: this.#steps(watch),
      heardAt: watch.observed.steps?.at,
      older: watch.link.hub?.hasOlder === true,
      running: watch.observed.running ?? this.#profile.devices.facts(id).running ?? 'current',
      stateOf: (revision) => {
        if (revision === 'current') return current;
        const hash = hashes.get(revision);
        if (hash !== undefined) return { hash, text: () => this.#profile.revisions.textOf(hash) };
        const text = this.#states.unsettled(id, revision);
        return text === undefined ? undefined : { hash: hashOfText(text), text: () => text };
      },
      updates,
      stages: (update) => this.#stagesOf(update),
      hasTime: () => performance.now() < until,
    });
  }

  /** Those of an update that has ended never change. */
  #stagesOf(update: UpdateJournal): ReturnType<typeof stageDurations> {
    const known = this.#stages.get(update.id);
    if (known) return known;
    const stages = stageDurations(update, this.#profile.updates.reports(update.id));
    if (update.phase === 'ended' || update.phase === 'cancelled') this.#stages.set(update.id, stages);
    return stages;
  }

  /** As it was told; else as it was when it was last heard; else the running state alone, under the name "current". */
  #steps(watch: DeviceWatch): readonly StepReport[] {
    const told = watch.observed.steps?.list;
    // A hub tells nothing of local revisions: they stand as the device told them when it was last reached.
    if (told?.every((step) => step.hubOnly)) return [...told, ...this.#stored(watch).filter((step) => !step.onHub)];
    if (told) return told;
    const stored = this.#stored(watch);
    const current = parseRevisionName('current');
    if (watch.link.capabilities.readTimeline || watch.observed.runningText === undefined || current === undefined) return stored;
    const running = watch.observed.runningText;
    const known = stored.some((step) => this.#states.known(watch.record.id, step.name) === running);
    return known ? stored : [...stored, { name: current, date: '9999', message: '', progress: undefined }];
  }

  #stored(watch: DeviceWatch): readonly StepReport[] {
    return this.#profile.revisions.timeline(watch.record.id).map(({ stateHash: _hash, progress, onHub, hubOnly, ...step }) => ({
      ...step,
      ...(onHub && { onHub }),
      ...(hubOnly && { hubOnly }),
      progress: progress === undefined ? undefined : KeptProgress.parse(progress),
    }));
  }

  async #fetchStates(watch: DeviceWatch, asked: Map<string, string>, signal: AbortSignal, onRead: () => void): Promise<void> {
    const newest = [...byDate(watch.observed.steps?.list ?? [])].reverse().slice(0, statesAhead);
    for (const step of newest) {
      if (signal.aborted || watch.summary.update || !watch.link.capabilities.readTimeline) return;
      if (this.#states.known(watch.record.id, step.name) !== undefined) continue;
      const listed = `${step.stateSha} ${step.progress?.status}`;
      if (asked.get(step.name) === listed) continue;
      try {
        await this.#states.read(watch.record.id, step.name, signal);
        asked.set(step.name, listed);
        onRead();
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof TrailbossError)) throw error;
        if (!ofThisOne.has(error.code)) return;
        asked.set(step.name, listed);
      }
    }
  }
}
