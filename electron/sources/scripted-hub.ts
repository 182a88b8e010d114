/** For tests: a hub in memory behind a client whose answers can be refused, lost or held up. */

import { type ErrorCode, knownProblem, TrailbossError } from '../../shared/contract/errors.ts';
import type { AccountStatus } from '../../shared/contract/hub.ts';
import type { Progress } from '../../shared/progress/report.ts';
import { stateSha } from '../../shared/state/canonical.ts';
import type { Sha256 } from '../../shared/state/ids.ts';
import type { HubClient, HubDevice, HubStep } from './hub/hub.ts';
import { mostOpen } from './hub/steps.ts';

export const hubDevice = '0123456789abcdef01234567';

interface TrailStep {
  state: string;
  progress: Progress;
  message: string;
  committer: string;
  createdAt: number;
}

type Call = 'postStep' | 'uploadObject' | 'step' | 'steps' | 'device' | 'stateText';
/** What becomes of a call: it arrives and its answer is lost, or it never arrives. */
type Mishap = { readonly call: Call; readonly code: ErrorCode; readonly arrives: boolean };

export function hubProblem(code: ErrorCode): TrailbossError {
  return new TrailbossError(code, { what: `scripted ${code}`, unchanged: '', next: '' });
}

/** One account with one device on a hub. */
export class ScriptedHub {
  readonly trail: TrailStep[] = [];
  readonly objects = new Map<string, number>();
  readonly calls: string[] = [];
  readonly mishaps: Mishap[] = [];
  readonly nick = 'ana';
  deviceMeta: Record<string, unknown> = {};
  userMeta: Record<string, unknown> = {};
  status: AccountStatus = { kind: 'open', heardAt: 1 };
  /** It asked to be left alone until then. */
  restUntil = 0;
  /** Every call waits for ever, as a program that was killed never hears again. */
  dead = false;
  readonly #listeners = new Set<() => void>();

  add(state: string, status: string, message = '', committer = this.nick): number {
    const number = this.trail.length;
    this.trail.push({
      state,
      progress: { status, message: '' },
      message,
      committer,
      createdAt: 1_700_000_000_000 + number * 60_000,
    });
    return number;
  }

  /** The device tells its hub how it fares. */
  report(revision: number, progress: Progress): void {
    const step = this.trail[revision];
    if (step) step.progress = progress;
    if (progress.status === 'DONE' || progress.status === 'UPDATED') this.deviceMeta['pantavisor.revision'] = String(revision);
  }

  setStatus(status: AccountStatus): void {
    this.status = status;
    for (const listener of [...this.#listeners]) listener();
  }

  signOut(): void {
    this.setStatus({ kind: 'signed-out', since: 1, problem: knownProblem(hubProblem('SESSION_ENDED')) });
  }

  client(): HubClient {
    const hub = this;
    const act = async <T>(call: Call | undefined, signal: AbortSignal, work: () => T): Promise<T> => {
      if (this.dead)
        await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(hubProblem('CANCELLED'))));
      if (this.status.kind === 'signed-out') throw hubProblem('SESSION_ENDED');
      const at = this.mishaps.findIndex((mishap) => mishap.call === call);
      const mishap = this.mishaps[at];
      if (mishap) this.mishaps.splice(at, 1);
      if (mishap && !mishap.arrives) throw hubProblem(mishap.code);
      if (call !== undefined) this.calls.push(call);
      const result = work();
      if (mishap) throw hubProblem(mishap.code);
      return result;
    };
    const unscripted = () => Promise.reject(hubProblem('INTERNAL'));
    const device = (): HubDevice => ({
      id: hubDevice,
      nick: 'kitchen',
      owner: 'prn:::accounts:/1',
      public: false,
      garbage: false,
      userMeta: this.userMeta,
      deviceMeta: this.deviceMeta,
      createdAt: 1,
      modifiedAt: 1,
    });
    const step = (revision: number): HubStep | undefined => {
      const found = this.trail[revision];
      return (
        found && {
          deviceId: hubDevice,
          revision,
          message: found.message,
          committer: found.committer,
          createdAt: found.createdAt,
          changedAt: found.createdAt,
          progress: found.progress,
          stateSha: stateSha(found.state),
          garbage: false,
        }
      );
    };
    const list = (from: number, to: number) => this.trail.slice(from, to).flatMap((_step, at) => step(from + at) ?? []);
    return {
      address: { url: 'http://127.0.0.1:1' },
      get status() {
        return hub.status;
      },
      clockAhead: 0,
      get restUntil() {
        return hub.restUntil;
      },
      onStatus: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      renewWith: () => this.setStatus({ kind: 'open', heardAt: 1 }),
      user: (signal) => act(undefined, signal, () => ({ nick: this.nick, prn: 'prn:::accounts:/1', email: undefined })),
      quota: (signal) =>
        act(undefined, signal, () => ({ plan: 'FREE', quotas: [{ name: 'OBJECTS', used: 0.5, max: 2, unit: 'GiB' }] })),
      globalMeta: (signal) => act(undefined, signal, () => ({})),
      devices: (signal) => act(undefined, signal, () => [device()]),
      device: (_id, signal) => act('device', signal, device),
      summaries: (signal) => act(undefined, signal, () => []),
      changedDevices: (after, signal) => act(undefined, signal, () => ({ rows: [], next: after, more: false })),
      changedSteps: (after, signal) => act(undefined, signal, () => ({ rows: [], next: after, more: false })),
      claim: unscripted,
      rename: unscripted,
      setPublic: unscripted,
      deleteDevice: unscripted,
      changeUserMeta: (_id, change, signal) =>
        act(undefined, signal, () => {
          this.userMeta = { ...change(this.userMeta) };
          return this.userMeta;
        }),
      head: (_id, signal) => act(undefined, signal, () => (this.trail.length === 0 ? undefined : this.trail.length - 1)),
      steps: (_id, { before = this.trail.length, count }, signal) =>
        act('steps', signal, () => list(Math.max(0, before - count), before).toReversed()),
      openSteps: (_id, signal) =>
        act(undefined, signal, () =>
          list(0, this.trail.length)
            .filter(({ progress }) => ['NEW', 'QUEUED', 'DOWNLOADING', 'INPROGRESS', 'TESTING'].includes(progress.status))
            .slice(0, mostOpen),
        ),
      step: (_id, revision, signal) => act('step', signal, () => step(revision)),
      stateText: (_id, revision, signal) =>
        act('stateText', signal, () => {
          const found = this.trail[revision];
          if (!found) throw hubProblem('NOT_FOUND');
          return found.state;
        }),
      postStep: (_id, post, signal) =>
        act('postStep', signal, () => {
          if (post.revision !== this.trail.length) throw hubProblem('CONFLICT');
          const posted = step(this.add(post.state, 'NEW', post.message, post.committer));
          if (!posted) throw hubProblem('INTERNAL');
          return posted;
        }),
      cancelStep: (_id, revision, signal) =>
        act(undefined, signal, () => {
          if (this.trail[revision]?.progress.status !== 'NEW') throw hubProblem('DEVICE_BUSY');
          this.report(revision, { status: 'CANCEL', message: 'Cancel as requested by owner' });
        }),
      markWontgo: (_id, revision, signal) =>
        act(undefined, signal, () => {
          if (this.trail[revision]?.progress.status !== 'INPROGRESS') throw hubProblem('DEVICE_BUSY');
          this.report(revision, { status: 'WONTGO', message: '' });
        }),
      missingObjects: (shas, signal) =>
        act(undefined, signal, () => new Set<Sha256>(shas.filter((sha) => !this.objects.has(sha)))),
      objectSize: (sha, signal) => act(undefined, signal, () => this.objects.get(sha)),
      uploadObject: async (upload, signal) => {
        let sent = 0;
        for await (const chunk of upload.open(signal)) {
          sent += chunk.length;
          upload.onBytes(sent);
        }
        return act('uploadObject', signal, () => {
          this.objects.set(upload.sha, upload.size);
          return 'sent' as const;
        });
      },
      downloadObject: async function* (sha) {
        if (!hub.objects.has(sha)) throw hubProblem('NOT_FOUND');
        yield new Uint8Array(hub.objects.get(sha) ?? 0);
      },
      parallelUploads: 5,
      logs: unscripted,
      tailLogs: async function* () {
        yield await Promise.reject(hubProblem('INTERNAL'));
      },
      exportRevision: async function* (_id, revision) {
        yield new TextEncoder().encode(`export of `);
        yield new TextEncoder().encode(String(revision));
      },
      revoke: async () => undefined,
      close: async () => undefined,
    };
  }
}
