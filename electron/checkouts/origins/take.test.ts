import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPvrFolder } from '../folder/folder.ts';
import { cloneTo } from './clone.ts';
import { type Origin, referenceOf } from './origin.ts';
import { planParts, takeInto } from './take.ts';
import { checkoutWith, filesIn, never, nowhere, objectsIn, originOf, problemOf, quiet, scratch, shaOf } from './test-bench.ts';

const [one, two, mine] = ['first object', 'second object', 'an object of mine'];
const remote = `{"#spec":"s","app/root":"${shaOf(one)}","app/run.json":{"name":"app"},"bsp/kernel":"${shaOf(two)}"}`;
const local = `{"#spec":"s","app/old":"${shaOf(mine)}","app/run.json":{"name":"old"},"zed/z.json":{"z":1}}`;
const all = { fragment: '', exactCli: false };
const app = { fragment: 'app', exactCli: false };

/** A checkout with an edit in run.json and one in another part, and a file that a new entry would take the place of. */
async function edited() {
  const root = scratch();
  checkoutWith(root, {
    json: local,
    objects: { [shaOf(mine)]: mine },
    files: { 'app/old': mine, 'app/run.json': '{"edited":1}', 'zed/z.json': '{"z":2}', 'app/root': 'untracked' },
  });
  return { root, folder: await openPvrFolder(root) };
}

const json = (root: string) => readFileSync(join(root, '.pvr/json'), 'utf8');

test('the plan says what would be, and changes nothing', async () => {
  const { root, folder } = await edited();
  const was = filesIn(root);
  const plan = await planParts({ folder, origin: originOf(remote, [one, two]), parts: app, mode: 'get' }, never);
  expect(plan).toEqual({
    before: local,
    after: `{"#spec":"s","app/root":"${shaOf(one)}","app/run.json":{"name":"app"},"zed/z.json":{"z":1}}`,
    objects: 1,
    remarks: [],
    overwrites: ['app/run.json', 'app/root'],
  });
  expect([filesIn(root), json(root)]).toEqual([was, local]);
});

test('what is taken is checked out, edits elsewhere stay, and what was overwritten comes back', async () => {
  const { root, folder } = await edited();
  await takeInto({ folder, origin: originOf(remote, [one, two]), parts: app, mode: 'get' }, nowhere, quiet, never);
  expect(Object.keys(filesIn(root))).toEqual(['app/root', 'app/run.json', 'zed/z.json']);
  expect(readFileSync(join(root, 'app/root'), 'utf8')).toBe(one);
  expect(readFileSync(join(root, 'zed/z.json'), 'utf8')).toBe('{"z":2}');
  const backup = await folder.backup();
  expect(backup).toMatchObject({ files: 3, label: 'Got from the bench' });
  await folder.restoreBackup(backup?.id ?? '');
  expect(readFileSync(join(root, 'app/run.json'), 'utf8')).toBe('{"edited":1}');
  expect((await folder.read(never)).remotes.get).toBe('http://bench.example/cgi-bin/pvr#app');
});

test('merge keeps what is here alone', async () => {
  const { root, folder } = await edited();
  await takeInto({ folder, origin: originOf(remote, [one, two]), parts: app, mode: 'merge' }, nowhere, quiet, never);
  expect(json(root)).toBe(
    `{"#spec":"s","app/old":"${shaOf(mine)}","app/root":"${shaOf(one)}","app/run.json":{"name":"app"},"zed/z.json":{"z":1}}`,
  );
  expect(await folder.backup()).toMatchObject({ label: 'Merged from the bench' });
});

describe('it stops in the middle, and all is as it was', () => {
  test('what was overwritten before can still be brought back', async () => {
    const { root, folder } = await edited();
    await folder.removeFiles(['zed/z.json']);
    const text = `{"#spec":"s","app/run.json":{"name":"new"},"zed/z.json":{"z":3}}`;
    const stop = new AbortController();
    const tell = ({ text: at }: { readonly text: string }) => at === 'app/run.json' && stop.abort();
    const work = takeInto({ folder, origin: originOf(text, []), parts: all, mode: 'get' }, nowhere, tell, stop.signal);
    await problemOf(work);
    expect(readFileSync(join(root, 'app/run.json'), 'utf8')).toBe('{"edited":1}');
    const backup = await folder.backup();
    expect(backup).toMatchObject({ label: 'Removed zed/z.json', files: 1 });
    await folder.restoreBackup(backup?.id ?? '');
    expect(readFileSync(join(root, 'zed/z.json'), 'utf8')).toBe('{"z":2}');
  });

  test('what is behind a link in the tree stays, whatever a state names there', async () => {
    const { root, folder } = await edited();
    const outside = scratch();
    writeFileSync(join(outside, 'letter.json'), '{"private":1}');
    symlinkSync(outside, join(root, 'post'));
    const text = `{"#spec":"s","post/letter.json":{"new":1}}`;
    const work = takeInto(
      { folder, origin: originOf(text, []), parts: { fragment: 'post', exactCli: false }, mode: 'get' },
      nowhere,
      quiet,
      never,
    );
    expect(await problemOf(work)).toBe('BAD_STATE');
    expect(readFileSync(join(outside, 'letter.json'), 'utf8')).toBe('{"private":1}');
  });

  test('a file that came into the place of a new one meanwhile comes back', async () => {
    const { root, folder } = await edited();
    const state = `{"#spec":"s","new/a.json":{"a":1},"new/b.json":{"b":1}}`;
    const origin = originOf(state, [], {
      state: async () => {
        // The folder has been read already.
        mkdirSync(join(root, 'new/b.json'), { recursive: true });
        writeFileSync(join(root, 'new/a.json'), 'written meanwhile');
        return state;
      },
    });
    const work = takeInto({ folder, origin, parts: { fragment: 'new', exactCli: false }, mode: 'get' }, nowhere, quiet, never);
    expect(await problemOf(work)).toBe('BAD_STATE');
    expect(readFileSync(join(root, 'new/a.json'), 'utf8')).toBe('written meanwhile');
  });

  test('while objects come: those that came stay in the object folder', async () => {
    const { root, folder } = await edited();
    const was = [filesIn(root), json(root), readdirSync(join(root, '.pvr')).toSorted()];
    const stop = new AbortController();
    const origin = originOf(remote, [one, two], {
      async *object(sha, signal) {
        if (sha === shaOf(one)) return yield Buffer.from(one);
        yield Buffer.from('sec');
        stop.abort();
        signal.throwIfAborted();
      },
    });
    expect(await problemOf(takeInto({ folder, origin, parts: all, mode: 'get' }, nowhere, quiet, stop.signal))).toBe(
      'AbortError',
    );
    expect([filesIn(root), json(root), readdirSync(join(root, '.pvr')).toSorted()]).toEqual(was);
    const objects = objectsIn(join(root, '.pvr/objects'));
    expect(objects.filter((name) => name !== shaOf(mine) && name !== shaOf(one))).toEqual([]);
  });

  test('while files are written', async () => {
    const { root, folder } = await edited();
    const was = [filesIn(root), json(root)];
    const stop = new AbortController();
    const tell = ({ text }: { readonly text: string }) => text === 'app/run.json' && stop.abort();
    const origin = originOf(remote, [one, two]);
    await problemOf(takeInto({ folder, origin, parts: all, mode: 'get' }, nowhere, tell, stop.signal));
    expect(stop.signal.aborted).toBe(true);
    expect([filesIn(root), json(root)]).toEqual(was);
    expect(await folder.backup()).toBeUndefined();
    const { damage, remotes } = await folder.read(never);
    expect([damage, remotes.get]).toEqual([[], '']);
  });

  test('a commit meanwhile is kept', async () => {
    const { root, folder } = await edited();
    const other = '{"#spec":"s"}';
    const origin = originOf(remote, [one, two], {
      async *object(sha) {
        writeFileSync(join(root, '.pvr/json'), other);
        yield Buffer.from(sha === shaOf(one) ? one : two);
      },
    });
    expect(await problemOf(takeInto({ folder, origin, parts: all, mode: 'get' }, nowhere, quiet, never))).toBe('CONFLICT');
    expect(json(root)).toBe(other);
  });
});

describe('states that no checkout can have are refused before anything is fetched', () => {
  test.each([
    '{"#spec":"s","../x.json":{}}',
    '{"#spec":"s","/etc/x.json":{}}',
    '{"#spec":"s",".pvr/json":{}}',
    '{"#spec":"s","a.json":{},"a.json/b.json":{}}',
    '{"#spec":"s","notjson":{}}',
    '[]',
  ])('%s', async (text) => {
    const { root, folder } = await edited();
    const work = takeInto({ folder, origin: originOf(text, []), parts: all, mode: 'get' }, nowhere, quiet, never);
    expect([await problemOf(work), json(root)]).toEqual(['BAD_STATE', local]);
  });
});

describe('clone', () => {
  const clone = (dir: string, more: Partial<Parameters<typeof cloneTo>[0]> = {}, signal = never) => {
    const wish = { origin: originOf(remote, [one, two]), parts: all, path: join(dir, 'c'), objectsDir: join(dir, 'objects') };
    return cloneTo({ ...wish, nearby: nowhere, ...more }, quiet, signal);
  };

  test('takes an empty folder’s place, and no other', async () => {
    const dir = scratch();
    mkdirSync(join(dir, 'c'));
    expect(await clone(dir)).toBe(4);
    expect(statSync(join(dir, 'c')).mode & 0o777).toBe(0o700);
    expect((await (await openPvrFolder(join(dir, 'c'))).read(never)).status).toEqual([]);
    expect(await problemOf(clone(dir))).toBe('CONFLICT');
    writeFileSync(join(dir, 'file'), '');
    expect(await problemOf(clone(dir, { path: join(dir, 'file') }))).toBe('BAD_INPUT');
    expect(await problemOf(clone(dir, { path: join(dir, 'no/such/c') }))).toBe('LOCAL_STORAGE');
  });

  test('links objects that are files on this computer, and fetches what is damaged there', async () => {
    const dir = scratch();
    mkdirSync(join(dir, 'near'));
    writeFileSync(join(dir, 'near', shaOf(one)), one);
    writeFileSync(join(dir, 'near', shaOf(two)), 'damaged');
    const fetched: string[] = [];
    const origin = originOf(remote, [one, two]);
    const counting: Origin = {
      ...origin,
      object: (sha, signal) => {
        fetched.push(sha);
        return origin.object(sha, signal);
      },
    };
    await clone(dir, { origin: counting, nearby: async (sha) => join(dir, 'near', sha) });
    expect(fetched).toEqual([shaOf(two)]);
    expect(statSync(join(dir, 'objects', shaOf(one))).ino).toBe(statSync(join(dir, 'near', shaOf(one))).ino);
    expect(readFileSync(join(dir, 'c/bsp/kernel'), 'utf8')).toBe(two);
  });

  test('leaves nothing beside the target when it is cancelled', async () => {
    const dir = scratch();
    const stop = new AbortController();
    const origin = originOf(remote, [one, two], {
      async *object(_sha, signal) {
        yield Buffer.from('begun');
        stop.abort();
        signal.throwIfAborted();
      },
    });
    expect(await problemOf(clone(dir, { origin }, stop.signal))).toBe('AbortError');
    expect([objectsIn(dir), objectsIn(join(dir, 'objects'))]).toEqual([['objects'], []]);
    expect(existsSync(join(dir, 'c'))).toBe(false);
  });

  test('an origin that pvr can’t go to leaves the configuration without addresses', async () => {
    const dir = scratch();
    await clone(dir, { origin: originOf(remote, [one, two], { reference: '' }) });
    expect((await (await openPvrFolder(join(dir, 'c'))).read(never)).remotes).toEqual({ get: '', put: '', post: '' });
    const fromFile = join(dir, 'export.tgz');
    await clone(dir, { path: join(dir, 'd'), origin: originOf(remote, [one, two], { reference: fromFile, fragment: 'app' }) });
    expect((await (await openPvrFolder(join(dir, 'd'))).read(never)).remotes).toEqual({
      get: `${fromFile}#app`,
      put: '',
      post: '',
    });
  });
});

test('a reference is written as pvr reads it', () => {
  expect(referenceOf({ reference: 'http://h/p' }, 'a/b,c%2Fd#e')).toBe('http://h/p#a%2Fb,c%252Fd%23e');
  expect(referenceOf({ reference: '' }, 'a')).toBe('');
});
