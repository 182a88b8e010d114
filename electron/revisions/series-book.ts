import { TrailbossError } from '../../shared/contract/errors.ts';
import type { DeviceId, DraftId } from '../../shared/contract/ids.ts';
import type { Series } from '../../shared/contract/series.ts';
import type { Fleet } from '../fleet/fleet.ts';
import type { Profile } from '../storage/profile.ts';
import type { ItemJournal, SeriesJournal } from '../storage/series.ts';
import type { Drafts } from './drafts.ts';
import { notInSeries } from './series-problems.ts';
import type { States } from './states.ts';
import type { Updates } from './updates.ts';

export interface SeriesPorts {
  readonly fleet: Fleet;
  readonly profile: Profile;
  readonly states: States;
  readonly drafts: Drafts;
  readonly updates: Updates;
  readonly now: () => number;
  readonly report: (error: unknown) => void;
}

/** The journal of one series in memory: what is going to be done is written down before anybody hears of it. */
export class SeriesBook {
  readonly ports: SeriesPorts;
  readonly #onChange: () => void;
  #journal: SeriesJournal;
  #items: readonly ItemJournal[];

  constructor(journal: SeriesJournal, items: readonly ItemJournal[], ports: SeriesPorts, onChange: () => void) {
    this.#journal = journal;
    this.#items = items;
    this.ports = ports;
    this.#onChange = onChange;
  }

  get journal(): SeriesJournal {
    return this.#journal;
  }

  get items(): readonly ItemJournal[] {
    return this.#items;
  }

  get view(): Series {
    const { change: _change, started: _started, ...head } = this.#journal;
    return { ...head, items: this.#items.map(({ policies: _policies, sides: _sides, before: _before, ...item }) => item) };
  }

  has(...states: readonly ItemJournal['state'][]): boolean {
    return this.#items.some(({ state }) => states.includes(state));
  }

  /** NOT_FOUND where the device is not part of the series. */
  of(device: DeviceId): { readonly at: number; readonly item: ItemJournal } {
    const at = this.#items.findIndex(({ deviceId }) => deviceId === device);
    const item = this.#items[at];
    if (item === undefined) throw notInSeries();
    return { at, item };
  }

  set(at: number, change: Partial<ItemJournal>): ItemJournal {
    const before = this.#items[at];
    if (before === undefined) throw notInSeries();
    return this.replace(at, { ...before, ...change });
  }

  /** In place of what was there, so that what the new one lacks is gone. */
  replace(at: number, item: ItemJournal): ItemJournal {
    this.ports.profile.series.saveItem(this.#journal.id, at, item);
    return this.#took(at, item);
  }

  /** What became of a device. It holds also where it can't be written down (the disk is full); after a crash it is found out anew. */
  note(at: number, item: ItemJournal): ItemJournal {
    this.tryTo(() => this.ports.profile.series.saveItem(this.#journal.id, at, item));
    return this.#took(at, item);
  }

  save(change: Partial<SeriesJournal>): void {
    const next = this.#with(change);
    this.ports.profile.series.save(next);
    this.#journal = next;
    this.#onChange();
  }

  /** Where it stands by itself, as `note` for the whole series. */
  stand(change: Partial<SeriesJournal>): void {
    this.#journal = this.#with(change);
    this.tryTo(() => this.ports.profile.series.save(this.#journal));
    this.#onChange();
  }

  /** What can't be written down is reported, and keeps nothing from going on. */
  tryTo(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.ports.report(error);
    }
  }

  #took(at: number, item: ItemJournal): ItemJournal {
    this.#items = this.#items.with(at, item);
    this.#onChange();
    return item;
  }

  /** Why it stopped is over as soon as it runs or has ended. */
  #with(change: Partial<SeriesJournal>): SeriesJournal {
    const { stopped, ...journal } = this.#journal;
    const isOver = change.phase === 'running' || change.phase === 'ended';
    return { ...journal, ...(stopped !== undefined && !isOver && { stopped }), ...change };
  }

  hasDraft({ draftId }: ItemJournal): boolean {
    return draftId !== undefined && this.ports.profile.drafts.has(draftId);
  }

  /** Drops drafts that were made when the program ended before it wrote that down. One that somebody edited is none of those. */
  dropStrays(): void {
    const { drafts } = this.ports.profile;
    const preparing = new Set(this.#items.filter(({ state }) => state === 'preparing').map(({ deviceId }) => deviceId));
    const own = new Set(this.#items.map(({ draftId }) => draftId));
    for (const { id, seriesId, deviceId, version } of drafts.heads()) {
      const isUnknown = seriesId === this.#journal.id && !own.has(id);
      if (isUnknown && version === 1 && preparing.has(deviceId)) this.dropDraft(id);
    }
  }

  dropDraft(id: DraftId | undefined): void {
    if (id !== undefined && this.ports.profile.drafts.has(id)) this.ports.drafts.drop(id);
  }
}

/** The device did not tell in time what it runs, or did not take the beginning of a post. */
export function tookTooLong(): TrailbossError {
  return new TrailbossError('NOT_ANSWERING', {
    what: 'The device did not answer in time.',
    unchanged: 'Nothing was posted to it.',
    next: 'Try again when it answers, or leave it out.',
  });
}
