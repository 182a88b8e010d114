import { knownProblem } from '../../shared/contract/errors.ts';
import { stateOf } from './drafts.ts';
import { type SeriesBook, tookTooLong } from './series-book.ts';
import { changedKeys } from './series-change.ts';
import { forecastOf, type Prepared, prepareItem } from './series-prepare.ts';
import { unforeseen } from './series-problems.ts';

/** So many devices are read at once. */
const preparedAtOnce = 8;
/** Milliseconds that a device has to tell what it runs. */
const patienceMs = 120_000;
/** Milliseconds after the last edit of a draft until its forecast is worked out anew. */
const editPause = 300;

/** Makes the drafts of a series, a few at a time, and follows those that somebody edits. */
export class SeriesPreparation {
  readonly #book: SeriesBook;
  readonly #stop: AbortSignal;
  readonly #running = new Map<number, Promise<void>>();
  readonly #edited = new Map<number, NodeJS.Timeout>();

  constructor(book: SeriesBook, stop: AbortSignal) {
    this.#book = book;
    this.#stop = stop;
  }

  /** Prepares whatever waits for it. */
  goOn(): void {
    this.#settle();
    for (const [at, { state }] of this.#book.items.entries()) {
      if (this.#stop.aborted || this.#running.size >= preparedAtOnce) return;
      if (state !== 'preparing' || this.#running.has(at)) continue;
      const preparing = this.#prepare(at)
        .catch(this.#book.ports.report)
        .finally(() => {
          this.#running.delete(at);
          this.goOn();
        });
      this.#running.set(at, preparing);
    }
  }

  /** Waits until a device was prepared. */
  async of(at: number): Promise<void> {
    while (this.#book.items[at]?.state === 'preparing' && !this.#stop.aborted) {
      await (this.#running.get(at) ?? Promise.race(this.#running.values()));
    }
  }

  /** Somebody edits the draft of a device: what it changes and does is worked out anew after a pause. */
  edited(at: number): void {
    clearTimeout(this.#edited.get(at));
    const read = () => void this.#read(at).catch(this.#book.ports.report);
    this.#edited.set(at, setTimeout(read, editPause));
  }

  async close(): Promise<void> {
    for (const timer of this.#edited.values()) clearTimeout(timer);
    await Promise.all(this.#running.values());
  }

  async #prepare(at: number): Promise<void> {
    const { ports, journal, items } = this.#book;
    const item = items[at];
    if (item === undefined) return;
    const { fleet, states, drafts, profile } = ports;
    const rooms = { fleet, states, drafts, objects: profile.objects };
    const signal = AbortSignal.any([this.#stop, AbortSignal.timeout(patienceMs)]);
    let prepared: Prepared;
    try {
      prepared = await prepareItem(rooms, { journal, texts: profile.series.texts(journal.id) }, item, signal);
    } catch (error) {
      if (this.#stop.aborted) return;
      if (!signal.aborted) ports.report(error);
      const problem = knownProblem(signal.aborted ? tookTooLong() : unforeseen(error));
      prepared = { state: 'problem', keys: [], conflicts: [], absent: [], problem };
    }
    // Left out meanwhile, or discarded: it is read anew when it comes back in.
    const now = this.#book.items[at];
    if (this.#stop.aborted || now?.state !== 'preparing') this.#book.dropDraft(prepared.draftId);
    else this.#book.note(at, { ...now, ...prepared });
  }

  /** When nothing is being prepared any more, the series waits for a person. */
  #settle(): void {
    const preparing = this.#book.has('preparing');
    const { phase } = this.#book.journal;
    if (phase === 'preparing' && !preparing) this.#book.stand({ phase: 'ready' });
    else if (phase === 'ready' && preparing) this.#book.stand({ phase: 'preparing' });
  }

  async #read(at: number): Promise<void> {
    const item = this.#book.items[at];
    if (item?.draftId === undefined || item.state !== 'ready' || !this.#book.hasDraft(item)) return;
    const { drafts, fleet, states } = this.#book.ports;
    const { base, text, id } = drafts.get(item.draftId);
    const signal = AbortSignal.any([this.#stop, AbortSignal.timeout(patienceMs)]);
    const forecast = await forecastOf(states, fleet.device(item.deviceId), base, text, signal);
    const now = this.#book.items[at];
    if (now?.state !== 'ready' || now.draftId !== id) return;
    const keys = [...changedKeys(stateOf(base.text), stateOf(text))];
    this.#book.note(at, { ...now, base: base.revision, keys, forecast });
  }
}
