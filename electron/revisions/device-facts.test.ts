import { expect, it } from 'vitest';
import type { DeviceWatch } from '../fleet/device-watch.ts';
import { knownFacts } from './device-facts.ts';

/** What a device says of its storage, and nothing else. */
const saying = (storage: unknown) =>
  ({ observed: { deviceMeta: { storage } }, link: { by: () => undefined } }) as unknown as DeviceWatch;

it.each([
  [
    { total: 10, free: '5', reserved: 1 },
    { total: 10, free: 5, reserved: 1 },
  ],
  [
    { total: 10, free: null },
    { total: 10, free: undefined },
  ],
  [{ free: '' }, { free: undefined }],
  [{ free: true }, { free: undefined }],
  [{ free: [] }, { free: undefined }],
  [{ free: -1 }, { free: undefined }],
])('what is no number is not known, and above all not zero: %j', async (said, known) => {
  expect(await knownFacts(saying(said), new AbortController().signal)).toEqual({ storage: known });
});
