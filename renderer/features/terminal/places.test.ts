import { expect, test } from 'vitest';
import { shellPlaces } from './places.ts';

test('A shell is offered on the host, and in each container that runs', () => {
  const places = shellPlaces([
    { name: 'web', status: 'STARTED', roles: [] },
    { name: 'data', status: 'MOUNTED', roles: [] },
    { name: 'broker', status: 'STOPPED', roles: [] },
  ]);
  expect(places.map(({ container, reason }) => [container, reason === undefined])).toEqual([
    [undefined, true],
    ['broker', false],
    ['data', false],
    ['web', true],
  ]);
});
