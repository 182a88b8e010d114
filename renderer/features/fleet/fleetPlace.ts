import { create } from 'zustand';

/** Where the person was in the fleet: kept while other screens are shown, so that coming back loses nothing. */
interface FleetPlace {
  readonly filter: string;
  /** The id of the device in the inspector. */
  readonly selected: string | undefined;
  setFilter(filter: string): void;
  select(id: string | undefined): void;
}

export const useFleetPlace = create<FleetPlace>()((set) => ({
  filter: '',
  selected: undefined,
  setFilter: (filter) => set({ filter }),
  select: (selected) => set({ selected }),
}));
