import { expect, test } from 'vitest';
import { type RecentPlace, withPlace } from './recentPlaces.ts';

test('a place is there once, first, under its newest title, and the oldest fall out', () => {
  let places: readonly RecentPlace[] = [];
  for (let id = 0; id < 30; id += 1) places = withPlace(places, `/device/${id}`, `pump ${id}`);
  places = withPlace(places, '/device/20', 'pump twenty');
  expect([places.length, places[0], places.filter(({ place }) => place === '/device/20').length]).toEqual([
    24,
    { place: '/device/20', title: 'pump twenty' },
    1,
  ]);
});
