/** For tests: a device in memory behind a link whose answers can be refused, lost or held up, and the rooms that move it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WayStatus } from '../../shared/contract/connection.ts';
import { type ErrorCode, TrailbossError } from '../../shared/contract/errors.ts';
import type { DeviceId, DraftId, UpdateId } from '../../shared/contract/ids.ts';
import type { UpdateView } from '../../shared/contract/update.ts';
import { RevisionName } from '../../shared/state/ids.ts';
import { Fleet } from '../fleet/fleet.ts';
import { Listeners } from '../fleet/listeners.ts';
import type { DeviceLink, Source } from '../sources/source.ts';
import { openProfile } from '../storage/profile.ts';
import { Drafts } from './drafts.ts';
import { FileIntake } from './file-intake.ts';
import { States } from './states.ts';
import { Updates } from './updates.ts';

export const factory = '{"#spec":"pantavisor-service-system@1","web/run.json":{"name":"web","type":"lxc"}}';
export const changedState = '{"#spec":"pantavisor-service-system@1","web/run.json":{"name":"web","type":"lxc","v":2}}';

type Call = 'postRevision' | 'runRevision' | 'reboot' | 'readRunning' | 'missingObjects';
/** What becomes of a call: it arrives and its answer is lost, or it never arrives. */
type Mishap = { readonly call: Call; readonly code: ErrorCode; readonly arrives: boolean };

export function problem(code: ErrorCode): TrailbossError {
  return new TrailbossError(code, { what: `scripted ${code}`, unchanged: '', next: '' });
}

/** The device: what is on it, what it was told, and how it answers. */
export class ScriptedDevice {
  readonly steps = new Map<string, { state: string; status: string; date: string }>([
    ['locals/base', { state: factory, status: 'DONE', date: '2026-01-01T00:00:00Z' }],
  ]);
  readonly calls: string[] = [];
  readonly mishaps: Mishap[] = [];
  running = 'locals/base';
  uptime = 1000;
  ssh: boolean;
  /** SSH answered before and lets nobody in now. */
  sshBlocked = false;
  /** Every call waits for ever, as a program that was killed never hears again. */
  dead = false;
  /** A way opened or closed by itself. */
  readonly waysChanged = new Listeners<void>();
  /** What a run leads to. */
  onRun: (revision: string) => void = (revision) => this.settle(revision, 'UPDATED');

  constructor(options: { ssh?: boolean } = {}) {
    this.ssh = options.ssh ?? true;
  }

  settle(revision: string, status: string, running = revision): void {
    const step = this.steps.get(revision);
    if (step) step.status = status;
    this.running = running;
  }

  link(): DeviceLink {
    const told = new Set(['postRevision', 'runRevision', 'reboot']);
    const act = async <T>(call: Call, what: string, work: () => T, signal: AbortSignal): Promise<T> => {
      await alive(this, signal);
      const at = this.mishaps.findIndex((mishap) => mishap.call === call);
      const mishap = this.mishaps[at];
      if (mishap) this.mishaps.splice(at, 1);
      if (mishap && !mishap.arrives) throw problem(mishap.code);
      if (told.has(call)) this.calls.push(what);
      const result = work();
      if (mishap) throw problem(mishap.code);
      return result;
    };
    const read = async <T>(signal: AbortSignal, work: () => T): Promise<T> => {
      await alive(this, signal);
      if (!this.ssh || this.sshBlocked) throw problem('WAY_MISSING');
      return work();
    };
    const open: WayStatus = { kind: 'open', heardAt: 1 };
    const device = this;
    return {
      get ways() {
        const none = { kind: 'not-configured' } as const;
        return { http: open, ssh: device.ssh ? open : none, hub: none };
      },
      get capabilities() {
        const ssh = device.ssh && !device.sshBlocked;
        return {
          readState: true,
          readTimeline: ssh,
          readContainers: ssh,
          readMetadata: ssh,
          uploadObjects: true,
          postRevision: true,
          runRevision: ssh,
          watchProgress: ssh,
          reboot: ssh,
          writeUserMeta: ssh,
          readLogs: false,
          openTerminal: ssh,
        };
      },
      onWays: (listener) => device.waysChanged.add(listener),
      connect: async () => undefined,
      readRunning: (signal) =>
        act(
          'readRunning',
          '',
          () => ({
            revision: this.ssh && !this.sshBlocked ? RevisionName.parse(this.running) : undefined,
            text: this.steps.get(this.running)?.state ?? '',
          }),
          signal,
        ),
      readTimeline: (signal) =>
        read(signal, () =>
          [...this.steps].map(([name, { status, date }]) => ({
            name: RevisionName.parse(name),
            date,
            message: '',
            progress: { status, message: '' },
          })),
        ),
      readProgress: (revision, signal) =>
        read(signal, () => {
          const status = this.steps.get(revision)?.status;
          return status === undefined ? undefined : { status, message: '' };
        }),
      readState: (revision, signal) =>
        read(signal, () => {
          const step = this.steps.get(revision);
          if (!step) throw problem('NOT_FOUND');
          return step.state;
        }),
      readContainers: (signal) => read(signal, () => []),
      readGroups: (signal) => read(signal, () => []),
      readDeviceMeta: (signal) => read(signal, () => ({ 'pantavisor.revision': this.running, sysinfo: { uptime: this.uptime } })),
      readUserMeta: (signal) => read(signal, () => ({})),
      changeUserMeta: (change, signal) => read(signal, () => change({})),
      readHubIdentity: async () => undefined,
      goRemote: async () => undefined,
      objectSize: async () => undefined,
      missingObjects: (_shas, signal) =>
        act('missingObjects', '', () => (this.ssh && !this.sshBlocked ? new Set() : undefined), signal),
      uploadObject: async () => 'sent',
      parallelUploads: 1,
      downloadObject: () => {
        throw problem('NOT_FOUND');
      },
      postRevision: (post, signal) =>
        act(
          'postRevision',
          `post ${post.name}`,
          () => {
            this.steps.set(post.name, { state: post.state, status: 'NEW', date: '2026-02-01T00:00:00Z' });
            if (!this.ssh) this.onRun(post.name);
            return { revision: post.name, runs: !this.ssh };
          },
          signal,
        ),
      runRevision: (revision, signal) => act('runRevision', `run ${revision}`, () => this.onRun(revision), signal),
      reboot: (signal) =>
        act(
          'reboot',
          'reboot',
          () => {
            this.uptime = 1;
          },
          signal,
        ),
      containerAction: async () => undefined,
      openShell: () => Promise.reject(new Error('the script has no shell')),
      get uploadWay() {
        return 'http' as const;
      },
      get postWay() {
        return device.ssh ? ('ssh' as const) : ('http' as const);
      },
      close: async () => undefined,
    };
  }
}

function alive(device: ScriptedDevice, signal: AbortSignal): Promise<void> {
  if (!device.dead) return Promise.resolve();
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(problem('CANCELLED')), { once: true });
    if (signal.aborted) reject(problem('CANCELLED'));
  });
}

/** The rooms of the backend that move a device, on a profile of their own. */
export class ScriptedBench {
  readonly device: ScriptedDevice;
  readonly reported: unknown[] = [];
  readonly dir = mkdtempSync(join(tmpdir(), 'trailboss-scripted-'));
  /** Added to this computer's clock. */
  ahead = 0;
  readonly #now = () => Date.now() + this.ahead;
  rooms: ReturnType<typeof this.open>;
  readonly id: DeviceId;

  constructor(device = new ScriptedDevice()) {
    this.device = device;
    this.rooms = this.open();
    const connection = { host: '127.0.0.1', http: { port: 1 }, ssh: null };
    this.id = this.rooms.fleet.add({ name: 'scripted', connection, demo: 'scripted' }).record.id;
  }

  async post(name: string, text = changedState): Promise<UpdateId> {
    return this.rooms.updates.post({ ...(await this.draft(text)), name, message: '', via: 'lan' }, AbortSignal.timeout(5000));
  }

  async draft(text = changedState): Promise<{ draftId: DraftId; version: number }> {
    const { drafts, profile } = this.rooms;
    const draft = await drafts.create(this.id, 'current', AbortSignal.timeout(5000));
    profile.drafts.save({ ...draft, text });
    return { draftId: draft.id, version: draft.version };
  }

  /** Waits until an update looks like this. */
  async update(id: UpdateId, wanted: (view: UpdateView) => boolean): Promise<UpdateView> {
    const { updates } = this.rooms;
    for (;;) {
      const view = updates.get(id);
      if (wanted(view)) return view;
      await new Promise<void>((resolve) => {
        const stop = updates.changes.add(() => {
          stop();
          resolve();
        });
      });
    }
  }

  /** As a `kill -9` and a new start: nothing that was under way goes on, and what was written stays. */
  async restart(): Promise<void> {
    this.device.dead = true;
    await this.#closeRooms();
    this.device.dead = false;
    this.rooms = this.open();
    this.rooms.updates.resumeOpen();
  }

  async close(): Promise<void> {
    await this.#closeRooms();
    rmSync(this.dir, { recursive: true, force: true });
  }

  async #closeRooms(): Promise<void> {
    await this.rooms.fleet.close();
    await this.rooms.updates.close();
    this.rooms.profile.close();
  }

  open() {
    const now = this.#now;
    const profile = openProfile(this.dir, now);
    const report = (error: unknown) => this.reported.push(error);
    const source: Source = { kind: 'lan', open: () => this.device.link() };
    const fleet = new Fleet({ profile, source, now, report });
    fleet.audience.join();
    const states = new States(fleet, profile.revisions);
    const intake = new FileIntake(profile.objects);
    const drafts = new Drafts({ drafts: profile.drafts, objects: profile.objects, intake, states, now });
    return { profile, fleet, states, drafts, updates: new Updates({ fleet, profile, drafts, states, now, report }) };
  }
}
