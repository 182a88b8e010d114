import { knownProblem, TrailbossError } from '../../shared/contract/errors.ts';
import type { ActivityResult } from '../../shared/contract/settings.ts';
import type { ProgressReport, UpdateView } from '../../shared/contract/update.ts';
import { stallOf } from '../../shared/progress/stall.ts';
import type { DeviceWatch } from '../fleet/device-watch.ts';
import type { Poll } from '../fleet/observed.ts';
import type { DeviceLink } from '../sources/source.ts';
import type { Profile } from '../storage/profile.ts';
import type { UpdateJournal } from '../storage/updates.ts';
import { stateOf } from './drafts.ts';
import { heed, wordlessAfter } from './follow.ts';
import { isOnHub } from './hub-post.ts';
import { inDoubt, needsLogin, passing } from './mishaps.ts';
import { missingObjects } from './missing-objects.ts';
import { outcomeOf } from './outcome.ts';
import { stageHistory } from './stage-durations.ts';
import { answerLost, nameTaken, nobodyHas, sideGone, stateLost, tooLate } from './update-problems.ts';
import { viewOf } from './update-view.ts';
import { type UploadProgress, uploadAll } from './upload.ts';

export interface ActivePorts {
  readonly watch: DeviceWatch;
  readonly profile: Profile;
  readonly now: () => number;
  readonly onChange: (update: ActiveUpdate) => void;
  /** The hub has the revision, and whatever becomes of it, it was posted. */
  readonly onAccepted: (update: ActiveUpdate) => void;
}

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
  readonly #earlier: ReturnType<typeof stageHistory>;
  #cancelled = false;
  #retryNow: (() => void) | undefined;

  constructor(journal: UpdateJournal, ports: ActivePorts) {
    this.#journal = journal;
    this.#ports = ports;
    this.#reports = ports.profile.updates.reports(journal.id);
    this.#earlier = stageHistory(ports.profile.updates, journal);
  }

  get journal(): UpdateJournal {
    return this.#journal;
  }

  /** Somebody else has the number on the hub that was ours to take: nothing was posted, and nothing will be. */
  get wasOvertaken(): boolean {
    const { phase, accepted, problem } = this.#journal;
    return phase === 'interrupted' && !accepted && problem?.code === 'CONFLICT';
  }

  get view(): UpdateView {
    const containers = this.#ports.watch.observed.containers?.list;
    return { ...viewOf(this.#journal, this.#reports), ...(containers && { containers: [...containers] }) };
  }

  /** Bytes that are on their way now: to the device, or into it. */
  get bytes(): { readonly done: number; readonly total: number } | undefined {
    const { phase, upload } = this.#journal;
    if (phase === 'uploading') return upload && { done: upload.bytesDone, total: upload.bytes };
    const downloads = this.#reports.at(-1)?.downloads;
    return phase === 'moving' && downloads && downloads.done < downloads.total ? downloads : undefined;
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
        await this.#waitForRetry(passing.has(error.code) ? this.#pauseAfter(failures) : undefined, signal);
      }
    }
    this.#ports.watch.follow(undefined, undefined);
    if (!this.#cancelled) return;
    this.#save({ phase: 'cancelled', endedAt: this.#ports.now() });
    this.#tellActivity('cancelled');
  }

  /** Stops what Trailboss does; refused once the device may have been told to run it, because it goes on alone from there. */
  cancel(): void {
    if (this.#journal.runTried) throw tooLate(this.#journal.via);
    this.#cancelled = true;
    this.#stop.abort();
  }

  retry(): void {
    this.#retryNow?.();
  }

  /** Milliseconds until it is tried again by itself: longer where the hub asked for patience. */
  #pauseAfter(failures: number): number {
    const { watch, now } = this.#ports;
    const asked = this.#journal.via === 'hub' ? (watch.hub?.client.restUntil ?? 0) - now() : 0;
    return Math.max(retryDelays[Math.min(failures, retryDelays.length - 1)] ?? 0, asked);
  }

  async #advance(signal: AbortSignal): Promise<void> {
    const { problem: _passed, ...journal } = this.#journal;
    this.#journal = journal;
    this.#showStage();
    this.#giveUpDoubt();
    if (this.#journal.kind === 'post' && this.#journal.postedAt === undefined) {
      await this.#lookOnHub(signal);
      if (!this.#journal.accepted && this.#journal.upload?.endedAt === undefined) await this.#upload(signal);
      await this.#post(signal);
    }
    await this.#command(signal);
    await this.#follow(signal);
  }

  /** The side of the device that this goes to. WAY_MISSING where it is gone, until it is there again. */
  #link(): DeviceLink {
    const link = this.#ports.watch.link.by(this.#journal.via);
    if (link === undefined) throw sideGone(this.#journal.via);
    return link;
  }

  #isNear(): boolean {
    const { ssh, http } = this.#ports.watch.ways;
    return ssh.kind === 'open' || http.kind === 'open';
  }

  /** Before anything is uploaded: whether the number is still free, or ours already. */
  async #lookOnHub(signal: AbortSignal): Promise<void> {
    if (this.#journal.via !== 'hub' || this.#journal.accepted) return;
    const { hub } = this.#ports.watch;
    if (hub === undefined) throw sideGone('hub');
    try {
      if (await isOnHub(hub, this.#journal, this.#state(), signal)) this.#save({ accepted: true, runTried: true });
    } catch (error) {
      if (error instanceof TrailbossError && error.code === 'CONFLICT') this.#save({ runTried: false });
      throw error;
    }
  }

  async #upload(signal: AbortSignal): Promise<void> {
    const { watch, profile, now } = this.#ports;
    const next = stateOf(this.#state());
    this.#save({ phase: 'uploading' });
    const link = this.#link();
    const other = watch.link.by(this.#journal.via === 'lan' ? 'hub' : 'lan');
    const missing = await missingObjects(link, other, profile.objects, next, watch.observed.runningText, signal);
    if (missing.nobodyHas.length > 0 && missing.asked) throw nobodyHas(missing.nobodyHas);
    const remaining = missing.upload.reduce((sum, item) => sum + item.size, 0);
    const before = this.#journal.upload;
    const bytes = Math.max(before?.bytes ?? 0, remaining);
    const objects = Math.max(before?.objects ?? 0, missing.upload.length);
    const startedAt = before?.startedAt ?? now();
    const base = { objectsDone: objects - missing.upload.length, bytesDone: bytes - remaining };
    const upload = { objects, bytes, startedAt };
    this.#save({ upload: { ...upload, ...base } });
    const items = missing.upload.map((item) => ({
      ...item,
      open: (reading: AbortSignal) =>
        item.from === 'store' || !other ? profile.objects.read(item.sha, reading) : other.downloadObject(item.sha, reading),
    }));
    const onProgress = (done: UploadProgress) => {
      const sum = { objectsDone: base.objectsDone + done.objectsDone, bytesDone: base.bytesDone + done.bytesDone };
      this.#journal = { ...this.#journal, upload: { ...upload, ...sum } };
      this.#ports.onChange(this);
    };
    await uploadAll(link, items, onProgress, signal);
    this.#save({ upload: { ...upload, objectsDone: objects, bytesDone: bytes, endedAt: now() } });
  }

  async #post(signal: AbortSignal): Promise<void> {
    const state = this.#state();
    const link = this.#link();
    this.#save({ phase: 'posting' });
    if (!this.#journal.accepted && !(await this.#alreadyThere(link, state, signal))) {
      const post = { name: this.#journal.revision, message: this.#journal.message, state };
      const tries = { postTried: true, ...(link.postWay !== 'ssh' && { runTried: true }) };
      const answer = await this.#try(tries, () => link.postRevision(post, signal));
      this.#save({ revision: answer.revision, runTried: answer.runs });
    }
    this.#save({ accepted: true });
    // A hub may still be given another state under the number: that one is asked for when somebody wants to see it.
    if (this.#journal.via === 'hub') return;
    this.#ports.profile.revisions.saveState(this.#journal.deviceId, this.#journal.revision, state);
  }

  /** After a crash or a cut the post may have arrived although no answer did; another revision of that name must not be overwritten. */
  async #alreadyThere(link: DeviceLink, state: string, signal: AbortSignal): Promise<boolean> {
    if (this.#journal.via === 'hub') return false;
    if (!link.capabilities.readTimeline) {
      if (!this.#journal.postTried) return false;
      if ((await link.readRunning(signal)).text === state) return true;
      if (!this.#journal.runTried) return false;
      throw answerLost();
    }
    const steps = await link.readTimeline(signal);
    if (!steps.some((step) => step.name === this.#journal.revision)) return false;
    if (this.#journal.postTried && (await link.readState(this.#journal.revision, signal)) === state) return true;
    throw nameTaken(this.#journal.revision);
  }

  async #command(signal: AbortSignal): Promise<void> {
    const { now } = this.#ports;
    if (this.#journal.postedAt !== undefined) return;
    if (this.#journal.via === 'hub') {
      this.#save({ postedAt: now() });
      this.#ports.onAccepted(this);
      return;
    }
    const link = this.#link();
    if (!this.#journal.runTried || (await this.#stillNew(link, signal))) {
      const { kind, revision } = this.#journal;
      await this.#try({ runTried: true }, () => (kind === 'reboot' ? link.reboot(signal) : link.runRevision(revision, signal)));
    }
    this.#save({ postedAt: now() });
  }

  /** The endpoint may have taken the post and gone back since: after a while there is no more to learn than where the device is. */
  #giveUpDoubt(): void {
    const { kind, via, accepted, postedAt, runTried, upload } = this.#journal;
    if (kind !== 'post' || via !== 'lan' || accepted || !runTried || postedAt !== undefined || upload?.endedAt === undefined)
      return;
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
  async #stillNew(link: DeviceLink, signal: AbortSignal): Promise<boolean> {
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
    const ofHub = poll.hub !== undefined && this.#journal.via === 'lan';
    if (ofHub && this.#isNear()) return false;
    // The device itself did not answer, whatever its hub knows of it.
    const heard = ofHub ? { at: poll.at } : poll;
    const onHub = this.#journal.via === 'hub' && watch.record.hub !== undefined;
    const heeded = heed(this.#journal, this.#reports.at(-1), heard, profile.updates.state(this.#journal.id), onHub);
    if (heeded.report) {
      profile.updates.addReport(this.#journal.id, this.#reports.length, heeded.report);
      this.#reports = [...this.#reports, heeded.report];
    }
    this.#journal = heeded.journal;
    if (heeded.ended) {
      const { stalled: _over, ...journal } = this.#journal;
      this.#journal = journal;
      const outcome = outcomeOf(this.#journal, this.#reports, watch.observed.running ?? this.#journal.revision);
      const containers = watch.observed.containers?.list;
      this.#save({ phase: 'ended', endedAt: now(), outcome, ...(containers && { containers: [...containers] }) });
      this.#tellActivity(resultWord(outcome.result));
    } else {
      this.#save({});
      this.#lookForStall();
      this.#showStage();
    }
    return heeded.ended;
  }

  /** Polls go on while nothing new is reported, so this is looked at again and again. */
  #lookForStall(): void {
    const { now } = this.#ports;
    const { postedAt, startedAt, via, silentSince } = this.#journal;
    const before = this.#journal.stalled;
    const update = { reports: this.#reports, postedAt: postedAt ?? startedAt, waits: via === 'hub', earlier: this.#earlier };
    // A device that does not answer has its own words; whether it moves is not known then.
    const stall = silentSince === undefined ? stallOf(update, now()) : before;
    if (stall?.since === before?.since && stall?.stage === before?.stage) return;
    const { stalled: _over, ...journal } = this.#journal;
    this.#journal = journal;
    this.#save(stall ? { stalled: stall } : {});
    this.#tellActivity(stall === undefined ? 'started' : 'stalled');
  }

  /** An update is one entry in the activity; this is what became of it. */
  #tellActivity(result: ActivityResult): void {
    const { id, revision } = this.#journal;
    const { profile, watch } = this.#ports;
    profile.activity.record({ what: activityText(this.#journal), result, device: watch.record, update: { id, revision } });
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
    throw stateLost();
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

  /** The way that this waits for was closed to us, and is open now. */
  #isLetIn(): boolean {
    const { via, problem } = this.#journal;
    if (problem === undefined || !needsLogin.has(problem.code)) return false;
    const { hub, ssh } = this.#ports.watch.ways;
    return (via === 'hub' ? hub : ssh).kind === 'open';
  }

  #waitForRetry(delay: number | undefined, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        stopListening();
        signal.removeEventListener('abort', done);
        this.#retryNow = undefined;
        resolve();
      };
      const timer = delay === undefined ? undefined : setTimeout(done, delay);
      this.#retryNow = done;
      const stopListening = this.#ports.watch.changes.add(() => this.#isLetIn() && done());
      signal.addEventListener('abort', done, { once: true });
    });
  }
}

/** What an update is called in the activity. */
export function activityText(journal: UpdateJournal): string {
  if (journal.kind === 'reboot') return 'rebooted the device';
  return `${journal.kind === 'post' ? 'posted' : 'ran'} ${journal.revision}`;
}

function resultWord(result: NonNullable<UpdateView['outcome']>['result']): 'ok' | 'failed' {
  return result === 'failed' || result === 'refused' ? 'failed' : 'ok';
}
