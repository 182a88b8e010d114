import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Sha256 } from '../../shared/state/ids.ts';
import { ObjectStore } from './objects.ts';

const never = new AbortController().signal;
const text = 'an object of another store';
const sha = Sha256.parse(createHash('sha256').update(text).digest('hex'));
let dir = '';
let store: ObjectStore;
let file = '';

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'trailboss-objects-'));
  mkdirSync(join(dir, 'store'));
  store = new ObjectStore(join(dir, 'store'));
  file = join(dir, 'elsewhere');
  writeFileSync(file, text);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const kept = () => readdirSync(join(dir, 'store'));

describe('an object that is a file on this computer', () => {
  test('is linked: both are one file', async () => {
    expect(await store.link(sha, file, 'link', never)).toEqual({ sha, size: text.length });
    expect(statSync(join(dir, 'store', sha)).ino).toBe(statSync(file).ino);
    expect(await store.file(sha)).toBe(join(dir, 'store', sha));
  });

  test('is linked again without a trace', async () => {
    await store.link(sha, file, 'link', never);
    await store.link(sha, file, 'link', never);
    expect(kept()).toEqual([sha]);
  });

  test('is a file of its own where it is but a link to one', async () => {
    symlinkSync(file, join(dir, sha));
    await store.link(sha, join(dir, sha), 'link', never);
    writeFileSync(file, 'written in place');
    expect(readFileSync(join(dir, 'store', sha), 'utf8')).toBe(text);
  });

  test('is a file of its own where the other may be written', async () => {
    chmodSync(file, 0o444);
    await store.link(sha, file, 'clone', never);
    chmodSync(file, 0o644);
    writeFileSync(file, 'written in place');
    expect(readFileSync(join(dir, 'store', sha), 'utf8')).toBe(text);
    expect(statSync(join(dir, 'store', sha)).mode & 0o777).toBe(0o600);
  });

  test('is not kept with other bytes, and leaves nothing when it is cancelled or gone', async () => {
    writeFileSync(file, 'other bytes');
    await expect(store.link(sha, file, 'link', never)).rejects.toMatchObject({ code: 'BAD_CHECKSUM' });
    await expect(store.link(sha, file, 'clone', AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    await expect(store.link(sha, join(dir, 'none'), 'link', never)).rejects.toMatchObject({ code: 'LOCAL_STORAGE' });
    expect([kept(), readFileSync(file, 'utf8'), await store.file(sha)]).toEqual([[], 'other bytes', undefined]);
  });
});

test('what is held is not cleaned away, however old its file is', async () => {
  utimesSync(file, 1, 1);
  await store.link(sha, file, 'link', never);
  const [first, second] = [store.hold([sha]), store.hold([sha])];
  first();
  first();
  expect([await store.clean(new Set()), (await store.use(new Set())).unused.count]).toEqual([0, 0]);
  second();
  expect(await store.clean(new Set())).toBe(1);
});
