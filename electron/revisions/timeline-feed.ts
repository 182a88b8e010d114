import type { Timeline } from '../../shared/contract/device.ts';
import { TrailbossError } from '../../shared/contract/errors.ts';
import { ProgressReport } from '../../shared/contract/update.ts';
import { parseRevisionName } from '../../shared/state/ids.ts';
import type { DeviceWatch } from '../fleet/device-watch.ts';
import { Listeners } from '../fleet/listeners.ts';
import { byDate } from '../fleet/timeline-facts.ts';
import type { StepReport } from '../sources/source.ts';
import type { Profile } from '../storage/profile.ts';
import type { UpdateJournal } from '../storage/updates.ts';
import { stageDurations } from './stage-durations.ts';
import type { States } from './states.ts';
import { timelineOf } from './timelines.ts';
import type { Updates } from './updates.ts';

const KeptProgress = ProgressReport.omit({ heardAt: true });

/** So many of the newest revisions have their states fetched while somebody looks, to say what each of them changed. */
const statesAhead = 30;

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

  constructor(profile: Profile, states: States, updates: Updates) {
    this.#profile = profile;
    this.#states = states;
    this.#updates = updates;
  }

  of(watch: DeviceWatch): OpenTimeline {
    const changes = new Listeners<void>();
    const stop = new AbortController();
    let filling = false;
    const fill = async () => {
      if (filling || watch.summary.update) return;
      filling = true;
      try {
        await this.#fetchStates(watch, AbortSignal.any([stop.signal, watch.stopped]), () => changes.tell());
      } finally {
        filling = false;
      }
    };
    const onChange = () => {
      changes.tell();
      void fill();
    };
    const leave = [watch.changes.add(onChange), this.#updates.changes.add(onChange), watch.view()];
    void fill();
    const read = () => this.#read(watch);
    return {
      get timeline() {
        return read();
      },
      changes,
      close: () => {
        stop.abort();
        for (const one of leave) one();
      },
    };
  }

  #read(watch: DeviceWatch): Timeline {
    const { id } = watch.record;
    const updates = new Map<string, UpdateJournal>();
    for (const update of [...this.#profile.updates.list(id, 200)].reverse()) {
      if (update.kind !== 'reboot') updates.set(update.revision, update);
    }
    return timelineOf({
      steps: this.#steps(watch),
      heardAt: watch.observed.steps?.at,
      running: watch.observed.running ?? this.#profile.devices.facts(id).running ?? 'current',
      stateOf: (revision) => (revision === 'current' ? watch.observed.runningText : this.#states.known(id, revision)),
      updates,
      stages: (update) => stageDurations(update, this.#profile.updates.reports(update.id)),
    });
  }

  /** As the device told it; else as it was when it was last heard; else the running state alone, under the name "current". */
  #steps(watch: DeviceWatch): readonly StepReport[] {
    if (watch.observed.steps) return watch.observed.steps.list;
    const stored = this.#profile.revisions.timeline(watch.record.id).map(({ name, date, message, progress }) => ({
      name,
      date,
      message,
      progress: progress === undefined ? undefined : KeptProgress.parse(progress),
    }));
    const current = parseRevisionName('current');
    if (watch.link.capabilities.readTimeline || watch.observed.runningText === undefined || current === undefined) return stored;
    const running = watch.observed.runningText;
    const known = stored.some((step) => this.#states.known(watch.record.id, step.name) === running);
    return known ? stored : [...stored, { name: current, date: '9999', message: '', progress: undefined }];
  }

  async #fetchStates(watch: DeviceWatch, signal: AbortSignal, onRead: () => void): Promise<void> {
    const newest = [...byDate(watch.observed.steps?.list ?? [])].reverse().slice(0, statesAhead);
    for (const step of newest) {
      if (signal.aborted || watch.summary.update || !watch.link.capabilities.readTimeline) return;
      if (this.#states.known(watch.record.id, step.name) !== undefined) continue;
      try {
        await this.#states.read(watch.record.id, step.name, signal);
        onRead();
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof TrailbossError)) throw error;
        if (error.code !== 'NOT_FOUND' && error.code !== 'REFUSED_BY_DEVICE') return;
      }
    }
  }
}
