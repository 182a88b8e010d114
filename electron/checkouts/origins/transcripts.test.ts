import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parsePristine } from '../../../shared/pvr/pristine.ts';
import { readReference } from '../../../shared/pvr/reference.ts';
import { canonicalize } from '../../../shared/state/canonical.ts';
import { PvrRemote } from '../../sources/pvr/remote.ts';
import { recordedOrigin, scriptedRemote, transcript } from '../../sources/pvr/scripted-remote.ts';
import { openPvrFolder } from '../folder/folder.ts';
import { cloneTo } from './clone.ts';
import type { Origin } from './origin.ts';
import { takeInto } from './take.ts';
import { checkoutWith, filesIn, never, nowhere, objectsIn, problemOf, quiet, scratch, shaOf } from './test-bench.ts';

/** The transcript's endpoint as an origin, with the fragment of the command. */
async function replayed(name: string) {
  const recorded = transcript(name);
  const server = await scriptedRemote(recorded);
  onTestFinished(() => server.close());
  const remote = new PvrRemote(server.url);
  onTestFinished(() => remote.close());
  const typed =
    recorded.command.find((word) => word.startsWith('http')) ?? (name === 'get-noarg' ? `${recordedOrigin}/x#app1` : '');
  const read = readReference(typed);
  const origin: Origin = {
    label: server.url,
    reference: server.url,
    fragment: read.ok ? read.reference.fragment : '',
    state: (signal) => remote.state(signal),
    object: (sha, signal) => remote.object(sha, signal),
  };
  const back = (text: string) => text.replaceAll(server.origin, recordedOrigin);
  const asked = () => [...new Set(server.seen)].toSorted();
  const pvrAsked = [...new Set(recorded.exchanges.map(({ method, path }) => `${method} ${path}`))].toSorted();
  return { recorded, origin, back, asked, pvrAsked };
}

const wholeParts = { fragment: '', exactCli: true };

/** The transcript's `before`; bytes that it does not tell are others, which nobody reads. */
function before(root: string, { recorded }: Awaited<ReturnType<typeof replayed>>): void {
  const known = new Map(
    recorded.exchanges.map(({ responseBody = '', responseBodyBase64 }) => {
      const bytes = responseBodyBase64 === undefined ? Buffer.from(responseBody) : Buffer.from(responseBodyBase64, 'base64');
      return [shaOf(bytes), bytes];
    }),
  );
  const full = transcript('get-full').exchanges.map(({ responseBody = '' }) => [shaOf(responseBody), responseBody] as const);
  const bytesOf = (sha: string) => [...known, ...full].find(([one]) => one === sha)?.[1] ?? `bytes of ${sha}`;
  const isFetched = (sha: string) => recorded.exchanges.some(({ path }) => path === `/get/${sha}`);
  const { json = '{ "#spec": "pantavisor-service-system@1" }', config, objects = [], files = {} } = recorded.before ?? {};
  checkoutWith(root, {
    json,
    ...(config !== undefined && { config }),
    // A damaged one is there in get-cached, which pvr fetches again.
    objects: Object.fromEntries(objects.map((sha) => [sha, isFetched(sha) ? 'damaged' : bytesOf(sha)])),
    files: Object.fromEntries(Object.entries(files).map(([path, sha]) => [path, bytesOf(sha)])),
  });
}

const pvrFile = (root: string, name: string) => readFileSync(join(root, '.pvr', name), 'utf8');

describe('clone, byte for byte as pvr: state, configuration, objects, files, requests', () => {
  test.each(['clone-url', 'clone-part', 'clone-parts', 'clone-unpart'])('%s', async (name) => {
    const bench = await replayed(name);
    const dir = scratch();
    const path = join(dir, 'clone');
    const objectsDir = join(dir, 'objects');
    await cloneTo({ origin: bench.origin, parts: wholeParts, path, objectsDir, nearby: nowhere }, quiet, never);
    const { after } = bench.recorded;
    expect(pvrFile(path, 'json')).toBe(after?.json);
    expect(bench.back(pvrFile(path, 'config')).replace(objectsDir, `/home/dev/repos/_cwd/${name}.objects`)).toBe(after?.config);
    expect(filesIn(path)).toEqual(after?.files);
    // pvr also fetches what the minus takes out again.
    const isLess = name === 'clone-unpart';
    if (isLess) expect(after?.objects).toEqual(expect.arrayContaining([...objectsIn(objectsDir)]));
    else expect(objectsIn(objectsDir)).toEqual(after?.objects);
    if (isLess) expect(bench.pvrAsked).toEqual(expect.arrayContaining(bench.asked()));
    else expect(bench.asked()).toEqual(bench.pvrAsked);
  });
});

const taken = [
  'get-full',
  'get-cached',
  'get-config-sigs',
  'get-missing',
  'get-missing-local',
  'get-noarg',
  'get-part',
  'get-part-slash',
  'get-part-unpart',
  'get-parts',
  'get-unpart',
  'merge-full',
  'merge-part',
] as const;

describe('get and merge as pvr: state, configuration, objects, requests; and besides what pvr leaves to its checkout', () => {
  test.each(taken)('%s', async (name) => {
    const bench = await replayed(name);
    const root = scratch();
    before(root, bench);
    const folder = await openPvrFolder(root);
    const mode = bench.recorded.command[1] === 'merge' ? 'merge' : 'get';
    await takeInto({ folder, origin: bench.origin, parts: wholeParts, mode }, nowhere, quiet, never);
    const { after } = bench.recorded;
    expect(pvrFile(root, 'json')).toBe(after?.json);
    expect(bench.back(pvrFile(root, 'config'))).toBe(after?.config);
    const isLess = name === 'get-unpart';
    if (isLess) expect(after?.objects).toEqual(expect.arrayContaining([...objectsIn(join(root, '.pvr/objects'))]));
    else expect(objectsIn(join(root, '.pvr/objects'))).toEqual(after?.objects);
    expect(bench.pvrAsked).toEqual(expect.arrayContaining(bench.asked()));
    if (!isLess) expect(bench.asked()).toEqual(bench.pvrAsked);
    const { changedFiles, goneFiles } = checkedOut(bench.recorded.before?.json ?? '{}', after?.json ?? '{}');
    const files = filesIn(root);
    expect(Object.keys(files)).toEqual(expect.arrayContaining([...changedFiles]));
    expect(goneFiles.filter((path) => path in files)).toEqual([]);
  });
});

/** What pvr's checkout would write and Trailboss does, and what pvr would leave as untracked and Trailboss keeps in its backup. */
function checkedOut(from: string, to: string) {
  const [old, next] = [from, to].map((text) => {
    const parsed = parsePristine(text);
    return parsed.ok ? parsed.pristine.members : new Map<string, string>();
  });
  const keys = (members: ReadonlyMap<string, string> | undefined) =>
    [...(members?.keys() ?? [])].filter((key) => key !== '#spec');
  return {
    changedFiles: keys(next).filter((key) => old?.get(key) !== next?.get(key)),
    goneFiles: keys(old).filter((key) => next?.has(key) !== true),
  };
}

describe('where pvr goes on and Trailboss stops, with everything as it was', () => {
  test.each([
    ['get-corrupt', 'BAD_CHECKSUM'],
    ['get-object-404', 'NOT_FOUND'],
    ['get-noremote', 'NOT_A_DEVICE'],
  ])('%s: %s', async (name, code) => {
    const bench = await replayed(name);
    const root = scratch();
    before(root, bench);
    const was = { files: filesIn(root), json: pvrFile(root, 'json'), config: pvrFile(root, 'config') };
    const folder = await openPvrFolder(root);
    const work = takeInto({ folder, origin: bench.origin, parts: wholeParts, mode: 'get' }, nowhere, quiet, never);
    expect(await problemOf(work)).toBe(code);
    expect({ files: filesIn(root), json: pvrFile(root, 'json'), config: pvrFile(root, 'config') }).toEqual(was);
  });
});

test('a clone whose object has wrong bytes leaves nothing but good objects', async () => {
  const bench = await replayed('get-corrupt');
  const dir = scratch();
  const objectsDir = join(dir, 'objects');
  const work = cloneTo(
    { origin: bench.origin, parts: wholeParts, path: join(dir, 'c'), objectsDir, nearby: nowhere },
    quiet,
    never,
  );
  expect(await problemOf(work)).toBe('BAD_CHECKSUM');
  expect(objectsIn(dir)).toEqual(['objects']);
  expect(objectsIn(objectsDir)).toEqual([]);
});

test('Trailboss’ own parts: app10 stays when app1 is got', async () => {
  const bench = await replayed('get-part');
  const root = scratch();
  before(root, bench);
  const folder = await openPvrFolder(root);
  await takeInto({ folder, origin: bench.origin, parts: { fragment: '', exactCli: false }, mode: 'get' }, nowhere, quiet, never);
  const kept = '"app10/x":"a38a04a16240e2ed240710ae87b2abaa159ad1db064b44335669db0d58522faa"';
  expect(pvrFile(root, 'json')).toContain(kept);
  expect(canonicalize(pvrFile(root, 'json')).replace(`${kept},`, '')).toBe(bench.recorded.after?.json);
});
