import { expect, test } from 'vitest';
import { howToTake, notOfTree } from './nearby.ts';
import { never, shaOf } from './test-bench.ts';

const sha = shaOf('x');

test('a file of a tree that is called as its object is not taken for one of a store', async () => {
  const from = (file: string | undefined) => notOfTree('/tree', async () => file)(sha, never);
  expect(howToTake(`/tree/files/${sha}`, sha)).toBe('link');
  expect(await from(`/tree/files/${sha}`)).toBeUndefined();
  expect(await from(`/tree/${sha}`)).toBeUndefined();
  expect(await from('/tree/root.squashfs')).toBe('/tree/root.squashfs');
  expect(await from(`/tree/.pvr/objects/${sha}`)).toBe(`/tree/.pvr/objects/${sha}`);
  expect(await from(`/objects/${sha}`)).toBe(`/objects/${sha}`);
  expect(await from(undefined)).toBeUndefined();
});
