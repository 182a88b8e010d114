import { knownProblem, TrailbossError } from '../../shared/contract/errors.ts';
import type { ProgressReport, UpdateView } from '../../shared/contract/update.ts';
import type { DeviceWatch } from '../fleet/device-watch.ts';
import type { Poll } from '../fleet/observed.ts';
import type { Profile } from '../storage/profile.ts';
import type { UpdateJournal } from '../storage/updates.ts';
import { stateOf } from './drafts.ts';
import { heed, wordlessAfter } from './follow.ts';
import { outcomeOf } from './outcome.ts';
import { missingObjects } from './plan.ts';
import { uploadAll } from './upload.ts';

export interface ActivePorts {
  readonly watch: DeviceWatch;
  readonly profile: Profile;
  readonly now: () => number;
  readonly onChange: (update: ActiveUpdate) => void;
}

/** These pass: the update goes on by itself when the device answers again, or when the person has let it in. */
const passing = new Set([
  'UNREACHABLE',
  'NOT_ANSWERING',
  'DEVICE_BUSY',
  'BAD_REPLY',
  'WAY_MISSING',
  'LOGIN_REFUSED',
  'PASSPHRASE_NEEDED',
  'HOST_KEY_UNKNOWN',
  'HOST_KEY_CHANGED',
  'LOCAL_STORAGE',
]);
/** After these nobody knows whether the device took what was sent; after any other it said no, or was not asked. */
const inDoubt = new Set(['UNREACHABLE', 'NOT_ANSWERING', 'BAD_REPLY', 'CANCELLED', 'INTERNAL']);
const retryDelays = [500, 1000, 2000, 4000, 8000, 15_000];

/**
 * One update on its way. Each step is written to the journal before it reaches the device and is safe to repeat, so that
 * `drive` may start anywhere: after a cut of the network, after a crash of the program.
 */
export class ActiveUpdate {
  readonly #ports: ActivePorts;
  readonly #stop = new AbortController();
  #journal: UpdateJournal;
  #reports: readonly ProgressReport[];
  #cancelled = false;
  #retryNow: (() => void) | undefined;

  constructor(journal: UpdateJournal, ports: ActivePorts) {
    this.#journal = journal;
    this.#ports = ports;
    this.#reports = ports.profile.updates.reports(journal.id);
  }

  get journal(): UpdateJournal {
    return this.#journal;
  }

  get view(): UpdateView {
    const containers = this.#ports.watch.observed.containers?.list;
    return { ...viewOf(this.#journal, this.#reports), ...(containers && { containers: [...containers] }) };
  }

  /** Runs until the update has ended, was cancelled, or the program closes. Never rejects for the device's sake. */
  async drive(): Promise<void> {
    const signal = AbortSignal.any([this.#stop.signal, this.#ports.watch.stopped]);
    for (let failures = 0; this.#journal.phase !== 'ended' && !signal.aborted; failures += 1) {
      try {
        await this.#advance(signal);
      } catch (error) {
        if (signal.aborted) break;
        if (!(error instanceof TrailbossError)) throw error;
        this.#interrupt(error);
        await this.#waitForRetry(
          passing.has(error.code) ? retryDelays[Math.min(failures, retryDelays.length - 1)] : undefined,
          signal,
        );
      }
    }
    this.#ports.watch.follow(undefined, undefined);
    if (this.#cancelled) this.#save({ phase: 'cancelled', endedAt: this.#ports.now() });
  }

  /** Stops what Trailboss does; refused once the device may have been told to run it, because it goes on alone from there. */
  cancel(): void {
    if (this.#journal.runTried) {
      throw new TrailbossError('REFUSED_BY_DEVICE', {
        what: 'The device has this revision already and goes on by itself.',
        unchanged: 'The update goes on.',
        next: 'Watch it to its end, and run the older revision again afterwards.',
      });
    }
    this.#cancelled = true;
    this.#stop.abort();
  }

  retry(): void {
    this.#retryNow?.();
  }

  async #advance(signal: AbortSignal): Promise<void> {
    const { problem: _passed, ...journal } = this.#journal;
    this.#journal = journal;
    this.#showStage();
    this.#giveUpDoubt();
    if (this.#journal.kind === 'post' && this.#journal.postedAt === undefined) {
      if (this.#journal.upload?.endedAt === undefined) await this.#upload(signal);
      await this.#post(signal);
    }
    await this.#command(signal);
    await this.#follow(signal);
  }

  async #upload(signal: AbortSignal): Promise<void> {
    const { watch, profile, now } = this.#ports;
    const next = stateOf(this.#state());
    this.#save({ phase: 'uploading' });
    const missing = await missingObjects(watch, profile.objects, next, watch.observed.runningText, signal);
    if (missing.nobodyHas.length > 0 && missing.asked) throw nobodyHas(missing.nobodyHas);
    const remaining = missing.upload.reduce((sum, item) => sum + item.size, 0);
    const before = this.#journal.upload;
    const bytes = Math.max(before?.bytes ?? 0, remaining);
    const objects = Math.max(before?.objects ?? 0, missing.upload.length);
    const startedAt = before?.startedAt ?? now();
    const base = { objectsDone: objects - missing.upload.length, bytesDone: bytes - remaining };
    const upload = { objects, bytes, startedAt };
    this.#save({ upload: { ...upload, ...base } });
    await uploadAll(
      watch.link,
      profile.objects,
      missing.upload,
      (done) => {
        const sum = { objectsDone: base.objectsDone + done.objectsDone, bytesDone: base.bytesDone + done.bytesDone };
        this.#journal = { ...this.#journal, upload: { ...upload, ...sum } };
        this.#ports.onChange(this);
      },
      signal,
    );
    this.#save({ upload: { ...upload, objectsDone: objects, bytesDone: bytes, endedAt: now() } });
  }

  async #post(signal: AbortSignal): Promise<void> {
    const { watch } = this.#ports;
    const state = this.#state();
    this.#save({ phase: 'posting' });
    if (!this.#journal.accepted && !(await this.#alreadyThere(state, signal))) {
      const post = { name: this.#journal.revision, message: this.#journal.message, state };
      const runsItself = watch.link.postWay === 'http';
      const tries = { postTried: true, ...(runsItself && { runTried: true }) };
      const answer = await this.#try(tries, () => watch.link.postRevision(post, signal));
      this.#save({ revision: answer.revision, runTried: answer.runs });
    }
    this.#save({ accepted: true });
    this.#ports.profile.revisions.saveState(this.#journal.deviceId, this.#journal.revision, state);
  }

  /** After a crash or a cut the post may have arrived although no answer did; another revision of that name must not be overwritten. */
  async #alreadyThere(state: string, signal: AbortSignal): Promise<boolean> {
    const { link } = this.#ports.watch;
    if (!link.capabilities.readTimeline) {
      if (!this.#journal.postTried) return false;
      if ((await link.readRunning(signal)).text === state) return true;
      if (!this.#journal.runTried) return false;
      throw answerLost();
    }
    const steps = await link.readTimeline(signal);
    if (!steps.some((step) => step.name === this.#journal.revision)) return false;
    if (this.#journal.postTried && (await link.readState(this.#journal.revision, signal)) === state) return true;
    throw new TrailbossError('NAME_TAKEN', {
      what: `The device has another revision ${this.#journal.revision} by now, and would overwrite it silently.`,
      unchanged: 'The objects that were uploaded stay there, unused; the revision was not posted.',
      next: 'Cancel this update and post the draft under another name.',
    });
  }

  async #command(signal: AbortSignal): Promise<void> {
    const { watch, now } = this.#ports;
    if (this.#journal.postedAt !== undefined) return;
    if (!this.#journal.runTried || (await this.#stillNew(signal))) {
      const { kind, revision } = this.#journal;
      await this.#try({ runTried: true }, () =>
        kind === 'reboot' ? watch.link.reboot(signal) : watch.link.runRevision(revision, signal),
      );
    }
    this.#save({ postedAt: now() });
  }

  /** The endpoint may have taken the post and gone back since: after a while there is no more to learn than where the device is. */
  #giveUpDoubt(): void {
    const { kind, accepted, postedAt, runTried, upload } = this.#journal;
    if (kind !== 'post' || accepted || !runTried || postedAt !== undefined || upload?.endedAt === undefined) return;
    const waited = this.#ports.now() - upload.endedAt;
    if (waited > wordlessAfter && this.#ports.watch.observed.silentSince === undefined) this.#save({ postedAt: upload.endedAt });
  }

  /** Writes down that something is tried before it is; a run that the device refused was none. */
  async #try<Result>(
    tries: Pick<Partial<UpdateJournal>, 'postTried' | 'runTried'>,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const { runTried } = this.#journal;
    this.#save(tries);
    try {
      return await work();
    } catch (error) {
      if (error instanceof TrailbossError && !inDoubt.has(error.code)) this.#save({ runTried });
      throw error;
    }
  }

  /** Whether the device, told to run it before the cut, never heard of that. */
  async #stillNew(signal: AbortSignal): Promise<boolean> {
    const { link } = this.#ports.watch;
    if (this.#journal.kind !== 'post' || !link.capabilities.watchProgress) return false;
    return (await link.readProgress(this.#journal.revision, signal))?.status === 'NEW';
  }

  #follow(signal: AbortSignal): Promise<void> {
    const { watch } = this.#ports;
    this.#save({ phase: 'moving' });
    this.#showStage();
    return new Promise((resolve, reject) => {
      const stopListening = watch.polls.add((poll) => {
        try {
          if (this.#heed(poll)) finish();
        } catch (error) {
          finish();
          reject(error);
        }
      });
      const finish = () => {
        stopListening();
        signal.removeEventListener('abort', finish);
        resolve();
      };
      signal.addEventListener('abort', finish, { once: true });
      if (signal.aborted) finish();
    });
  }

  #heed(poll: Poll): boolean {
    const { profile, watch, now } = this.#ports;
    const heeded = heed(this.#journal, this.#reports.at(-1), poll, profile.updates.state(this.#journal.id));
    if (heeded.report) {
      profile.updates.addReport(this.#journal.id, this.#reports.length, heeded.report);
      this.#reports = [...this.#reports, heeded.report];
    }
    this.#journal = heeded.journal;
    if (heeded.ended) {
      const outcome = outcomeOf(this.#journal, this.#reports.at(-1), watch.observed.running ?? this.#journal.revision);
      const containers = watch.observed.containers?.list;
      this.#save({ phase: 'ended', endedAt: now(), outcome, ...(containers && { containers: [...containers] }) });
      profile.activity.record({ what: activityText(this.#journal), result: resultWord(outcome.result), device: watch.record });
    } else {
      this.#save({});
      this.#showStage();
    }
    return heeded.ended;
  }

  #showStage(): void {
    const { id, revision, phase } = this.#journal;
    const focus = phase === 'moving' ? revision : undefined;
    const stage = phase === 'moving' ? (this.#reports.at(-1)?.status ?? 'posted') : phase;
    this.#ports.watch.follow(focus, { id, revision, stage });
  }

  #state(): string {
    const text = this.#ports.profile.updates.state(this.#journal.id);
    if (text !== undefined) return text;
    throw new TrailbossError('INTERNAL', {
      what: 'The state of this update is not in the database.',
      unchanged: 'Nothing was sent.',
      next: 'Cancel this update and post the draft again.',
    });
  }

  #save(change: Partial<UpdateJournal>): void {
    this.#journal = { ...this.#journal, ...change };
    this.#ports.profile.updates.save(this.#journal);
    this.#ports.onChange(this);
  }

  /** A problem that can't be written down (the disk is full) is shown all the same. */
  #interrupt(error: TrailbossError): void {
    try {
      this.#save({ phase: 'interrupted', problem: knownProblem(error) });
    } catch {
      this.#ports.onChange(this);
    }
  }

  #waitForRetry(delay: number | undefined, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.#retryNow = undefined;
        resolve();
      };
      const timer = delay === undefined ? undefined : setTimeout(done, delay);
      this.#retryNow = done;
      signal.addEventListener('abort', done, { once: true });
    });
  }
}

/** The journal as the screens see it. */
export function viewOf(journal: UpdateJournal, reports: readonly ProgressReport[]): UpdateView {
  return { ...journal, reports: [...reports] };
}

function activityText(journal: UpdateJournal): string {
  if (journal.kind === 'reboot') return 'rebooted the device';
  return `${journal.kind === 'post' ? 'posted' : 'ran'} ${journal.revision}`;
}

function resultWord(result: NonNullable<UpdateView['outcome']>['result']): 'ok' | 'failed' {
  return result === 'failed' || result === 'refused' ? 'failed' : 'ok';
}

function answerLost(): TrailbossError {
  return new TrailbossError('NOT_ANSWERING', {
    what: 'The answer to the post was lost, and the new revision does not run yet.',
    unchanged: 'It is not known whether the device has it; it is not posted twice.',
    next: 'The device is asked again by itself. Open SSH to it to see its revisions.',
  });
}

function nobodyHas(objects: readonly { readonly sha: string; readonly key: string }[]): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: `${objects.length} of the objects are neither on the device nor on this computer.`,
    unchanged: 'Nothing was posted.',
    next: 'Cancel, and replace these files in the draft.',
    raw: objects.map((object) => `${object.key} ${object.sha}`).join('\n'),
  });
}
