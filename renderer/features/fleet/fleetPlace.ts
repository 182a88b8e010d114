import { create } from 'zustand';

/** Where the person was in the fleet: kept while other screens are shown, so that coming back loses nothing. */
interface FleetPlace {
  /** The id of a built-in view or of an own one. */
  readonly view: string;
  readonly filter: string;
  /** The id of the device in the inspector. */
  readonly selected: string | undefined;
  /** Ids of the devices that something is to be done to; some may be out of sight or gone. */
  readonly marked: ReadonlySet<string>;
  setFilter(filter: string): void;
  show(view: string, filter: string): void;
  select(id: string | undefined): void;
  mark(ids: ReadonlySet<string>): void;
}

export const useFleetPlace = create<FleetPlace>()((set) => ({
  view: 'all',
  filter: '',
  selected: undefined,
  marked: new Set(),
  setFilter: (filter) => set({ filter }),
  show: (view, filter) => set({ view, filter }),
  select: (selected) => set({ selected }),
  mark: (marked) => set({ marked }),
}));
