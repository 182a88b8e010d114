import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportFolder } from '../folder/export.ts';
import { openPvrFolder } from '../folder/folder.ts';
import { type OriginPorts, openOrigin } from './open-origin.ts';
import { checkoutWith, never, problemOf, quiet, scratch, shaOf } from './test-bench.ts';

test('unpacking an export ends with the work that it is for', async () => {
  const dir = scratch();
  const bytes = 'x'.repeat(3_000_000);
  const root = join(dir, 'tree');
  checkoutWith(root, { json: `{"#spec":"s","a/x":"${shaOf(bytes)}"}`, objects: { [shaOf(bytes)]: bytes } });
  const path = join(dir, 'a.tar');
  await exportFolder(await openPvrFolder(root), path, [], never, quiet);
  const origin = await openOrigin({ kind: 'export', path }, { home: dir } as OriginPorts);
  await origin.state(never);
  const work = Promise.resolve(origin.objectFile?.(shaOf(bytes), AbortSignal.abort()));
  expect(await problemOf(work)).toBe('AbortError');
  expect(await origin.objectFile?.(shaOf(bytes), never)).toContain(shaOf(bytes));
  await origin.close?.();
});
