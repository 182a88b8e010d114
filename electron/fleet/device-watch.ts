import type { DeviceDetail } from '../../shared/contract/device.ts';
import type { DeviceSummary } from '../../shared/contract/fleet.ts';
import type { AccountId, HubDeviceId } from '../../shared/contract/hub.ts';
import { parseRevisionName, type RevisionName } from '../../shared/state/ids.ts';
import type { HubClient } from '../sources/hub/hub.ts';
import type { JoinedLink } from '../sources/source.ts';
import type { DeviceFacts, DeviceRecord } from '../storage/devices.ts';
import type { Profile } from '../storage/profile.ts';
import { type Attention, pollInterval } from './cadence.ts';
import { Listeners } from './listeners.ts';
import { answered, metaText, type Observed, observe, type Poll } from './observed.ts';
import { pollDevice } from './poll.ts';
import { detail, summarize } from './summary.ts';

export interface WatchPorts {
  readonly profile: Profile;
  readonly now: () => number;
  readonly fleetOpen: () => boolean;
  /** Something that must never happen did; the watch goes on. */
  readonly report: (error: unknown) => void;
}

/** Where the device is on a hub, and the account that leads there. */
export interface DeviceHub {
  readonly client: HubClient;
  readonly deviceId: HubDeviceId;
  readonly accountId: AccountId;
}

/** One device, asked again and again for as long as Trailboss runs, as often as somebody cares. */
export class DeviceWatch {
  record: DeviceRecord;
  readonly link: JoinedLink;
  hub: DeviceHub | undefined;
  /** Every poll, also one that failed. */
  readonly polls = new Listeners<Poll>();
  /** Something on the screen about it may be different now. */
  readonly changes = new Listeners<void>();
  /** The device was asked once, whatever came of it. */
  readonly firstPoll: Promise<void>;
  #observed: Observed = {};
  #facts: DeviceFacts;
  #update: DeviceSummary['update'];
  #focus: RevisionName | undefined;
  #failures = 0;
  #pollCount = 0;
  #viewers = 0;
  #wake: (() => void) | undefined;
  #poked = false;
  #openWays = 0;
  #kept = true;
  #doneAt: ReadonlyMap<string, number> = new Map();
  readonly #stop = new AbortController();
  readonly #ports: WatchPorts;
  readonly #loop: Promise<void>;

  constructor(record: DeviceRecord, link: JoinedLink, ports: WatchPorts) {
    this.record = record;
    this.link = link;
    this.#ports = ports;
    this.#facts = ports.profile.devices.facts(record.id);
    link.onWays(() => {
      this.#askWhenBack();
      this.changes.tell();
    });
    this.firstPoll = new Promise((resolve) => {
      const heard = this.polls.add(() => {
        heard();
        resolve();
      });
      this.#stop.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    this.#loop = this.#run();
  }

  get observed(): Observed {
    return this.#observed;
  }

  get summary(): DeviceSummary {
    return summarize(this.#input());
  }

  get detail(): DeviceDetail {
    return detail(this.#input());
  }

  get stopped(): AbortSignal {
    return this.#stop.signal;
  }

  /** Somebody looks at this device's own screen, until the returned function is called. */
  view(): () => void {
    this.#viewers += 1;
    this.poke();
    return () => {
      this.#viewers -= 1;
    };
  }

  /** Watches one revision closely while an update moves the device to it; undefined ends that. */
  follow(focus: RevisionName | undefined, update: DeviceSummary['update']): void {
    const sooner = focus !== undefined && focus !== this.#focus;
    this.#focus = focus;
    this.#update = update;
    this.changes.tell();
    if (sooner) this.poke();
  }

  /** Polls now instead of when it is due. */
  poke(): void {
    this.#poked = true;
    this.#wake?.();
  }

  /** A way that opens by itself between two polls: what the device tells over it need not wait until the next is due. */
  #askWhenBack(): void {
    const { http, ssh } = this.link.ways;
    const before = this.#openWays;
    this.#openWays = [http, ssh].filter((way) => way.kind === 'open').length;
    if (this.#openWays > before) this.#wake?.();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
    await this.link.close();
  }

  #input() {
    const { record, link } = this;
    const doneAt = this.#doneAt;
    return { record, link, observed: this.#observed, facts: this.#facts, update: this.#update, doneAt };
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.#poked = false;
      try {
        await this.#pollOnce();
      } catch (error) {
        if (!this.#stop.signal.aborted) this.#ports.report(error);
      }
      if (!this.#poked) await this.#pause(pollInterval(this.#attention()));
    }
  }

  async #pollOnce(): Promise<void> {
    const timeline = this.#focus === undefined || this.#pollCount % 10 === 0;
    this.#pollCount += 1;
    const wish = { link: this.link, now: this.#ports.now, known: this.#observed, focus: this.#focus, timeline };
    const poll = await pollDevice(wish, this.#stop.signal);
    this.#failures = answered(poll) ? 0 : this.#failures + 1;
    this.#observed = observe(this.#observed, poll);
    this.#keepIfPossible(poll);
    this.polls.tell(poll);
    this.changes.tell();
  }

  /** What can't be stored (the disk is full) is shown all the same. Said once, until storing works again. */
  #keepIfPossible(poll: Poll): void {
    try {
      this.#keep(poll);
      this.#kept = true;
    } catch (error) {
      if (this.#kept) this.#ports.report(error);
      this.#kept = false;
    }
  }

  #keep(poll: Poll): void {
    const { profile } = this.#ports;
    const { id } = this.record;
    if (poll.steps) {
      this.#doneAt = profile.updates.doneAt(id);
      profile.revisions.saveTimeline(id, poll.steps);
    }
    if (poll.runningText !== undefined && poll.running !== undefined) {
      profile.revisions.saveState(id, poll.running, poll.runningText);
    }
    if (!poll.deviceMeta && poll.runningText === undefined) return;
    const fact = (key: keyof DeviceFacts, value: string | undefined) => (value === undefined ? {} : { [key]: value });
    this.#facts = {
      ...(this.#runsAnother(poll) ? withoutRunning(this.#facts) : this.#facts),
      heardAt: poll.at,
      ...fact('running', poll.running),
      ...fact('board', metaText(poll.deviceMeta, 'pantavisor.dtmodel') ?? metaText(poll.deviceMeta, 'pantavisor.cpumodel')),
      ...fact('arch', metaText(poll.deviceMeta, 'pantavisor.arch')),
      ...fact('version', metaText(poll.deviceMeta, 'pantavisor.version')),
      ...fact('mode', metaText(poll.deviceMeta, 'pantavisor.mode')),
    };
    profile.devices.saveFacts(id, this.#facts);
  }

  /** Over the pvr endpoint alone a device tells no name; the last one known holds while its state is the one that runs. */
  #runsAnother(poll: Poll): boolean {
    const name = parseRevisionName(this.#facts.running ?? '');
    if (poll.running !== undefined || poll.runningText === undefined || name === undefined) return false;
    return this.#ports.profile.revisions.state(this.record.id, name) !== poll.runningText;
  }

  #attention(): Attention {
    return {
      updating: this.#focus !== undefined,
      deviceOpen: this.#viewers > 0,
      fleetOpen: this.#ports.fleetOpen(),
      demo: this.record.demo !== undefined,
      failures: this.#failures,
    };
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        this.#stop.signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      this.#wake = done;
      this.#stop.signal.addEventListener('abort', done, { once: true });
      if (this.#stop.signal.aborted) done();
    });
  }
}

function withoutRunning({ running: _gone, ...facts }: DeviceFacts): DeviceFacts {
  return facts;
}
