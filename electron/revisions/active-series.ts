import { knownProblem, TrailbossError } from '../../shared/contract/errors.ts';
import type { DeviceId, DraftId, UpdateId } from '../../shared/contract/ids.ts';
import type { ActivityResult } from '../../shared/contract/settings.ts';
import type { UpdateView } from '../../shared/contract/update.ts';
import type { Side } from '../../shared/state/rebase.ts';
import type { ItemJournal } from '../storage/series.ts';
import { passing } from './mishaps.ts';
import { type SeriesBook, tookTooLong } from './series-book.ts';
import { postItem } from './series-post.ts';
import { SeriesPreparation } from './series-preparation.ts';
import {
  alreadyPosted,
  deviceGone,
  draftGone,
  failureWords,
  nothingToPost,
  stillOpen,
  stillPreparing,
  unforeseen,
} from './series-problems.ts';

/** Milliseconds that a device has to take the beginning of a post. */
const patienceMs = 120_000;

/** One series that was not discarded: prepared a few devices at a time, and posted to one after the other. */
export class ActiveSeries {
  readonly book: SeriesBook;
  readonly #stop = new AbortController();
  readonly #preparation: SeriesPreparation;
  #posting: Promise<void> | undefined;
  #giveUpPost: () => void = () => undefined;
  #detach: () => void = () => undefined;

  constructor(book: SeriesBook) {
    this.book = book;
    this.#preparation = new SeriesPreparation(book, this.#stop.signal);
  }

  /** Goes on after a restart: what was being prepared is; posting to further devices is for a person to say. */
  resume(): void {
    for (const [at, item] of this.book.items.entries()) {
      if (item.state === 'posting') this.#findUpdate(at, item);
      else if (item.state === 'ready' && !this.book.hasDraft(item)) this.book.note(at, { ...item, ...problemOf(draftGone()) });
    }
    if (this.book.journal.phase === 'running') {
      this.book.stand({ phase: 'stopped', stopped: 'Trailboss was closed meanwhile. Nothing was posted to further devices.' });
    }
    if (this.book.has('preparing')) this.book.dropStrays();
    this.prepareOpen();
  }

  prepareOpen(): void {
    this.#preparation.goOn();
  }

  /** Chooses sides for conflicts of a device, and waits until its draft is made. */
  async resolve(device: DeviceId, sides: Readonly<Record<string, Side>>): Promise<void> {
    const { at, item } = this.book.of(device);
    if (item.state !== 'conflict') return;
    this.book.set(at, { state: 'preparing', sides: { ...item.sides, ...sides } });
    this.prepareOpen();
    await this.#preparation.of(at);
  }

  prepare(device: DeviceId): void {
    const { at, item } = this.book.of(device);
    if (item.state === 'posting' || item.state === 'done') throw alreadyPosted(item.deviceName);
    const { deviceId, deviceName, policies, draftId } = item;
    this.book.replace(at, { deviceId, deviceName, policies, state: 'preparing', keys: [], conflicts: [], absent: [], sides: {} });
    this.book.dropDraft(draftId);
    this.#reopen();
    this.prepareOpen();
  }

  leaveOut(device: DeviceId, out: boolean): void {
    const { at, item } = this.book.of(device);
    if (item.state === 'posting' || item.state === 'done') throw alreadyPosted(item.deviceName);
    if (out === (item.state === 'left-out')) return;
    if (out) this.book.set(at, { state: 'left-out', before: item.state });
    else if (item.before === 'ready' && !this.book.hasDraft(item)) this.book.set(at, { state: 'preparing' });
    else this.book.set(at, { state: item.before ?? 'preparing' });
    if (out) this.#endIfOver();
    else this.#reopen();
    this.prepareOpen();
  }

  start(message: string): void {
    const { journal, items } = this.book;
    if (journal.phase === 'running') return;
    if (this.book.has('preparing')) throw stillPreparing();
    const open = items.filter(({ state }) => state === 'conflict' || state === 'problem');
    if (open.length > 0) throw stillOpen(open.map(({ deviceName }) => deviceName));
    if (!this.book.has('ready', 'posting')) throw nothingToPost();
    this.book.save({ phase: 'running', started: true, message });
    const devices = items.filter(({ state }) => state === 'ready').length;
    this.#tell(`began to post “${journal.title}” to ${counted(devices)}`, 'ok');
    for (const [at, item] of items.entries()) if (item.state === 'posting') this.#watchUpdate(at, item);
    this.#advance();
  }

  /** An update that has begun goes on; a post that has not begun is none. */
  stop(): void {
    this.#halt('You stopped it.', 'ok');
    this.#giveUpPost();
  }

  /** Follows the update of the device that is being posted to. */
  heed(update: UpdateView): void {
    const at = this.book.items.findIndex(({ updateId, state }) => updateId === update.id && state === 'posting');
    const item = this.book.items[at];
    if (item === undefined) return;
    if (update.phase === 'ended' || update.phase === 'cancelled') this.#updateEnded(at, item, update);
    else if (update.phase !== 'interrupted' || update.problem === undefined) {
      if (item.problem) this.book.note(at, withoutProblem(item));
    } else {
      if (item.problem?.what !== update.problem.what) this.book.note(at, { ...item, problem: update.problem });
      // What passes is waited out; anything else waits for a person, and so does the series.
      if (!passing.has(update.problem.code)) this.#halt(`${item.deviceName}: ${update.problem.what}`, 'failed');
    }
  }

  /** A draft was edited, is gone, or was brought back. */
  draftChanged(id: DraftId): void {
    const at = this.book.items.findIndex(({ draftId }) => draftId === id);
    const item = this.book.items[at];
    if (item === undefined || (item.state !== 'ready' && item.state !== 'problem')) return;
    if (!this.book.hasDraft(item)) {
      this.book.note(at, { ...item, ...problemOf(draftGone()) });
      return;
    }
    if (item.state === 'problem' && item.problem?.code === 'NOT_FOUND') {
      this.book.note(at, { ...withoutProblem(item), state: 'ready' });
    }
    this.#preparation.edited(at);
  }

  /** The drafts that were not posted. While one is being posted it is not known yet whether it was. */
  get ownDrafts(): readonly DraftId[] {
    const isPosted = ({ state, updateId }: ItemJournal) => state === 'posting' && (this.#posting || updateId !== undefined);
    const items = this.book.items.filter((item) => !isPosted(item) && this.book.hasDraft(item));
    return items.flatMap(({ draftId }) => draftId ?? []);
  }

  /** Ends what goes on here; the journal stays as it is, and updates that are on their way go on. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#detach();
    await Promise.all([this.#preparation.close(), this.#posting]);
  }

  /** There is something to do again in a series that had ended. */
  #reopen(): void {
    if (this.book.journal.phase === 'ended') this.book.stand({ phase: 'stopped' });
  }

  #advance(): void {
    if (this.book.journal.phase !== 'running' || this.#posting || this.#stop.signal.aborted) return;
    if (this.book.has('posting')) return;
    const at = this.book.items.findIndex(({ state }) => state === 'ready');
    const item = this.book.items[at];
    if (item === undefined) {
      this.#end();
      return;
    }
    this.#posting = this.#post(at, item)
      .catch((error: unknown) => {
        this.book.ports.report(error);
        this.#halt(`${item.deviceName}: ${error instanceof Error ? error.message : String(error)}`, 'failed');
      })
      .finally(() => {
        this.#posting = undefined;
        this.#advance();
      });
  }

  async #post(at: number, { updateId: _earlier, ...item }: ItemJournal): Promise<void> {
    // Written down before: after a crash the update is found by its draft.
    const posting = this.book.replace(at, { ...withoutProblem(item), state: 'posting' });
    const updateId = await this.#begin(at, posting);
    if (updateId !== undefined) this.#watchUpdate(at, this.book.note(at, { ...posting, updateId }));
  }

  /** Undefined where no update was begun. */
  async #begin(at: number, item: ItemJournal): Promise<UpdateId | undefined> {
    const halted = new AbortController();
    this.#giveUpPost = () => halted.abort();
    const signal = AbortSignal.any([this.#stop.signal, halted.signal, AbortSignal.timeout(patienceMs)]);
    const mayPost = () => this.book.journal.phase === 'running' && !signal.aborted;
    try {
      const updateId = await postItem(this.book.ports, item, this.book.journal.message, mayPost, signal);
      if (updateId === undefined && !this.#stop.signal.aborted) this.book.note(at, { ...item, state: 'ready' });
      return updateId;
    } catch (error) {
      if (this.#stop.signal.aborted) return undefined;
      const known = error instanceof TrailbossError && !signal.aborted ? error : undefined;
      const problem = halted.signal.aborted ? undefined : (known ?? (signal.aborted ? tookTooLong() : unforeseen(error)));
      // Nothing was posted: it is tried again by going on, unless its draft is none any more for what the device runs.
      const needsAnew = problem?.code === 'CONFLICT' || problem?.code === 'NOT_FOUND';
      this.book.note(at, { ...item, state: needsAnew ? 'problem' : 'ready', ...(problem && { problem: knownProblem(problem) }) });
      if (problem === undefined) return undefined;
      if (problem.code === 'INTERNAL') this.book.ports.report(error);
      this.#halt(`${item.deviceName}: ${problem.data.what}`, 'failed');
      return undefined;
    }
  }

  /** What was told of the update so far counts; a device that is removed takes its update with it. */
  #watchUpdate(at: number, { updateId, deviceId }: ItemJournal): void {
    if (updateId === undefined) return;
    this.#detach();
    const { fleet, updates } = this.book.ports;
    const look = () => {
      try {
        fleet.device(deviceId);
        this.heed(updates.get(updateId));
      } catch (error) {
        if (!(error instanceof TrailbossError)) throw error;
        this.#lost(at, error.code === 'NOT_FOUND' ? deviceGone() : error);
      }
    };
    try {
      this.#detach = fleet.attached(deviceId, (watch) => watch.changes.add(look));
    } catch {
      this.#detach = () => undefined;
    }
    look();
  }

  #lost(at: number, error: TrailbossError): void {
    const item = this.book.items[at];
    if (item?.state !== 'posting') return;
    this.#detach();
    this.book.note(at, { ...item, state: 'failed', problem: knownProblem(error) });
    this.#halt(`${item.deviceName}: ${error.data.what}`, 'failed');
  }

  #updateEnded(at: number, item: ItemJournal, update: UpdateView): void {
    this.#detach();
    const result = update.outcome?.result;
    if (result === 'done' || result === 'updated') {
      this.book.note(at, { ...withoutProblem(item), state: 'done' });
      this.#advance();
      this.#endIfOver();
      return;
    }
    const again = update.phase === 'cancelled' && this.book.hasDraft(item);
    this.book.note(at, { ...withoutProblem(item), state: again ? 'ready' : 'failed' });
    this.#halt(failureWords(item.deviceName, update), 'failed');
  }

  /** Stopped while the last one was on its way, or all others were left out: there is nothing to go on with. */
  #endIfOver(): void {
    const isOpen = this.book.has('preparing', 'conflict', 'problem', 'ready', 'posting', 'failed');
    if (this.book.journal.phase === 'stopped' && !isOpen) this.#end();
  }

  #end(): void {
    const { items, journal } = this.book;
    this.book.stand({ phase: 'ended' });
    const done = items.filter(({ state }) => state === 'done').length;
    const result = this.book.has('failed') ? 'failed' : 'ok';
    this.#tell(`posted “${journal.title}” to ${counted(done)}`, result);
  }

  #halt(why: string, result: 'ok' | 'failed'): void {
    const { journal, items } = this.book;
    if (journal.phase !== 'running') return;
    const left = items.filter(({ state }) => state === 'ready').length;
    const rest = left === 0 ? '' : ` Nothing was posted to the ${left === 1 ? 'device' : `${left} devices`} after it.`;
    const stopped = result === 'ok' ? why : `${why}${rest}`;
    this.book.stand({ phase: 'stopped', stopped });
    this.#tell(`“${journal.title}” stopped: ${stopped}`, result);
  }

  #tell(what: string, result: ActivityResult): void {
    this.book.tryTo(() => this.book.ports.profile.activity.record({ what, result }));
  }

  /** After a crash: an update that was begun is found by its draft; without one nothing was posted. */
  #findUpdate(at: number, item: ItemJournal): void {
    const found = item.updateId ?? (item.draftId && this.book.ports.profile.updates.ofDraft(item.draftId)?.id);
    if (found !== undefined) this.#watchUpdate(at, this.book.note(at, { ...item, updateId: found }));
    else this.book.note(at, { ...item, ...(this.book.hasDraft(item) ? { state: 'ready' } : problemOf(draftGone())) });
  }
}

function withoutProblem({ problem: _problem, ...item }: ItemJournal): ItemJournal {
  return item;
}

function problemOf(error: TrailbossError): Pick<ItemJournal, 'state' | 'problem'> {
  return { state: 'problem', problem: knownProblem(error) };
}

function counted(devices: number): string {
  return devices === 1 ? '1 device' : `${devices} devices`;
}
