import { randomUUID } from 'node:crypto';
import type { DeviceId, DraftId } from '../../shared/contract/ids.ts';
import { SeriesId } from '../../shared/contract/ids.ts';
import { longestSeries, type Series } from '../../shared/contract/series.ts';
import type { OwnPolicy } from '../../shared/state/containers.ts';
import type { Side } from '../../shared/state/rebase.ts';
import { Listeners } from '../fleet/listeners.ts';
import type { ChangeTexts, ItemJournal, SeriesJournal } from '../storage/series.ts';
import { ActiveSeries } from './active-series.ts';
import { stateOf } from './drafts.ts';
import { SeriesBook, type SeriesPorts } from './series-book.ts';
import { changedKeys } from './series-change.ts';
import { nothingToTake, seriesGone, tooMany, unfinishedChange } from './series-problems.ts';
import { titleOfChange, titleOfPolicies } from './series-words.ts';

const byName = new Intl.Collator(undefined, { numeric: true });

type SeriesSummary = Omit<Series, 'items'> & { devices: number; done: number; failed: number };

/** Changes on their way to several devices. Opened after the updates have gone on with what was under way. */
export class SeriesRoom {
  /** Something in this series is another than before. */
  readonly changes = new Listeners<SeriesId>();
  readonly #ports: SeriesPorts;
  readonly #series = new Map<SeriesId, ActiveSeries>();
  readonly #stopListening: () => void;

  constructor(ports: SeriesPorts) {
    this.#ports = ports;
    const ends = [
      ports.updates.changes.add((update) => this.#each((series) => series.heed(update))),
      ports.drafts.changes.add(({ id }) => this.#each((series) => series.draftChanged(id))),
    ];
    this.#stopListening = () => {
      for (const end of ends) end();
    };
    for (const { journal, items } of ports.profile.series.all()) this.#open(journal, items);
  }

  /** Goes on with what was under way when Trailboss last ended. */
  resumeOpen(): void {
    this.#each((series) => series.resume());
  }

  /** Newest first. */
  list(): readonly SeriesSummary[] {
    return [...this.#series.values()].reverse().map(
      ({
        book: {
          view: { items, ...head },
        },
      }) => ({
        ...head,
        devices: items.length,
        done: items.filter(({ state }) => state === 'done').length,
        failed: items.filter(({ state }) => state === 'failed').length,
      }),
    );
  }

  get(id: SeriesId): Series {
    return this.#of(id).book.view;
  }

  /** Begins to prepare what a draft changes for other devices; answers before any of them was asked. */
  fromDraft(draftId: DraftId, devices: readonly DeviceId[]): SeriesId {
    const { drafts, fleet } = this.#ports;
    const draft = drafts.get(draftId);
    const unfinished = Object.keys(draft.unfinished);
    if (unfinished.length > 0) throw unfinishedChange(unfinished);
    const [base, mine] = [stateOf(draft.base.text), stateOf(draft.text)];
    if (changedKeys(base, mine).length === 0) throw nothingToTake();
    const title = draft.title || titleOfChange(base, mine, fleet.device(draft.deviceId).record.name);
    const change = { kind: 'draft', draftId, deviceId: draft.deviceId, objects: draft.objects } as const;
    const targets = new Map(devices.map((device) => [device, []]));
    return this.#begin(title, change, targets, { base: draft.base.text, text: draft.text });
  }

  /** Begins to prepare drafts that set restart policies. Of two for one container of a device the later one counts. */
  fromPolicies(
    changes: readonly { readonly deviceId: DeviceId; readonly container: string; readonly policy: OwnPolicy }[],
  ): SeriesId {
    const { fleet } = this.#ports;
    const targets = new Map<DeviceId, { container: string; policy: OwnPolicy }[]>();
    const byDevice = Map.groupBy(changes, (change) => change.deviceId);
    // They come as they were grouped by what they run: posted by name, a person can follow.
    const nameOf = (id: DeviceId) => fleet.device(id).record.name;
    for (const [deviceId, own] of [...byDevice].sort(([a], [b]) => byName.compare(nameOf(a), nameOf(b)))) {
      const byContainer = new Map(own.map(({ container, policy }) => [container, policy]));
      targets.set(
        deviceId,
        [...byContainer].map(([container, policy]) => ({ container, policy })),
      );
    }
    return this.#begin(titleOfPolicies(changes), { kind: 'policies' }, targets, undefined);
  }

  resolve(id: SeriesId, device: DeviceId, sides: Readonly<Record<string, Side>>): Promise<void> {
    return this.#of(id).resolve(device, sides);
  }

  prepare(id: SeriesId, device: DeviceId): void {
    this.#of(id).prepare(device);
  }

  leaveOut(id: SeriesId, device: DeviceId, out: boolean): void {
    this.#of(id).leaveOut(device, out);
  }

  start(id: SeriesId, message: string): void {
    this.#of(id).start(message);
  }

  stop(id: SeriesId): void {
    this.#of(id).stop();
  }

  /** Forgets the series and its drafts that were not posted; an update that is on its way goes on. */
  discard(id: SeriesId): void {
    const series = this.#of(id);
    const { drafts, profile, report } = this.#ports;
    const dropDrafts = () => {
      for (const draft of series.ownDrafts) drafts.drop(draft);
    };
    profile.series.remove(id);
    this.#series.delete(id);
    series.stop();
    // Whether a post that is about to begin becomes an update is known when it gave up.
    series.close().then(dropDrafts).catch(report);
    dropDrafts();
    this.changes.tell(id);
  }

  /** What runs in the background, for the status bar. */
  work(): readonly { id: string; text: string }[] {
    return [...this.#series.values()].flatMap(({ book: { journal, items } }) => {
      const counted = items.filter(({ state }) => state !== 'left-out' && state !== 'unchanged');
      if (journal.phase === 'preparing') {
        const read = items.filter(({ state }) => state !== 'preparing').length;
        return [{ id: journal.id, text: `${journal.title}: reading devices, ${read} of ${items.length}` }];
      }
      if (journal.phase !== 'running') return [];
      const done = counted.filter(({ state }) => state === 'done').length;
      return [{ id: journal.id, text: `${journal.title}: ${done} of ${counted.length} devices` }];
    });
  }

  /** Objects that a device may still get when it is prepared anew. */
  objectsInUse(): ReadonlySet<string> {
    const changes = [...this.#series.values()].map(({ book }) => book.journal.change);
    return new Set(changes.flatMap((change) => (change.kind === 'draft' ? change.objects.map(({ sha }) => sha) : [])));
  }

  /** The journals stay as they are; closed before the fleet and the updates. */
  async close(): Promise<void> {
    this.#stopListening();
    await Promise.all([...this.#series.values()].map((series) => series.close()));
  }

  #begin(
    title: string,
    change: SeriesJournal['change'],
    targets: ReadonlyMap<DeviceId, ItemJournal['policies']>,
    texts: ChangeTexts | undefined,
  ): SeriesId {
    if (targets.size > longestSeries) throw tooMany(targets.size, longestSeries);
    const { fleet, profile, now } = this.#ports;
    const items = [...targets].map(([device, policies]): ItemJournal => {
      const { id, name } = fleet.device(device).record;
      return { deviceId: id, deviceName: name, state: 'preparing', keys: [], conflicts: [], absent: [], policies, sides: {} };
    });
    const id = SeriesId.parse(randomUUID());
    const journal: SeriesJournal = { id, title, createdAt: now(), message: title, phase: 'preparing', change, started: false };
    profile.series.add(journal, items, texts);
    this.#open(journal, items).prepareOpen();
    this.changes.tell(id);
    return id;
  }

  #open(journal: SeriesJournal, items: readonly ItemJournal[]): ActiveSeries {
    const series = new ActiveSeries(new SeriesBook(journal, items, this.#ports, () => this.changes.tell(journal.id)));
    this.#series.set(journal.id, series);
    return series;
  }

  #of(id: SeriesId): ActiveSeries {
    const series = this.#series.get(id);
    if (series === undefined) throw seriesGone();
    return series;
  }

  #each(work: (series: ActiveSeries) => void): void {
    for (const series of this.#series.values()) {
      try {
        work(series);
      } catch (error) {
        this.#ports.report(error);
      }
    }
  }
}
