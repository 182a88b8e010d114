import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** A screen that somebody was on. */
export interface RecentPlace {
  /** Its path, without search. */
  readonly place: string;
  /** What it was called then. */
  readonly title: string;
}

interface RecentPlaces {
  readonly places: readonly RecentPlace[];
  visited(place: string, title: string): void;
}

const longest = 24;

/** The places with this one first. A place is there once, under its newest title. */
export function withPlace(places: readonly RecentPlace[], place: string, title: string): readonly RecentPlace[] {
  return [{ place, title }, ...places.filter((other) => other.place !== place)].slice(0, longest);
}

/** Where the person was last, newest first; the palette begins with it. */
export const useRecentPlaces = create<RecentPlaces>()(
  persist(
    (set) => ({
      places: [],
      visited: (place, title) => set(({ places }) => ({ places: withPlace(places, place, title) })),
    }),
    { name: 'trailboss:recent' },
  ),
);
