import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { exportEntries } from '../../electron/checkouts/folder/export-entries.ts';
import { openPvrFolder } from '../../electron/checkouts/folder/folder.ts';
import { importInto } from '../../electron/checkouts/folder/import.ts';
import { TrailbossError } from '../../shared/contract/errors.ts';
import { parseSha256 } from '../../shared/state/ids.ts';
import { packed, type RawEntry, rawEntries, tarOf } from './bytes.ts';
import type { Samples } from './samples.ts';
import { hold, soundly } from './soundness.ts';
import { asyncTarget, type Target } from './target.ts';
import { anyText, mutated } from './texts.ts';

const config =
  '{"DefaultGetUrl":"","DefaultPutUrl":"","DefaultPostUrl":"","ObjectsDir":".pvr/objects","AccessTokens":{},"RefreshTokens":{}}';

/** Exports as they come from strangers: nothing outside the folder is touched, whatever they hold. */
export async function exportTargets(samples: Samples): Promise<{ readonly targets: readonly Target[]; close(): Promise<void> }> {
  const base = await mkdtemp(join(tmpdir(), 'trailboss-fuzz-'));
  const root = join(base, 'inside/checkout');
  const file = join(base, 'inside/export');
  const states = anyText(samples.states);
  const archives = fc.oneof(
    rawEntries(states).map((entries) => tarOf(entries)),
    rawEntries(states).map((entries) => tarOf([{ name: 'json', type: '0', body: Buffer.from('{"#spec":"x"}') }, ...entries])),
    hostileStates(samples).map((text) => tarOf([{ name: 'json', type: '0', body: Buffer.from(text) }, oneObject])),
  );
  await writeFile(join(base, 'canary'), 'as it was');
  const targets = [
    asyncTarget('an export is read', 60, packed(archives), async (bytes) => {
      await mkdir(join(base, 'inside'), { recursive: true });
      await writeFile(file, bytes);
      await soundly('exportEntries', () => readAll(file), [TrailbossError]);
    }),
    asyncTarget('an export is imported', 15, packed(archives), async (bytes) => {
      await fresh(root);
      await writeFile(file, bytes);
      await soundly(
        'importInto',
        async () => importInto(await openPvrFolder(root), file, new AbortController().signal, () => {}),
        [TrailbossError],
      );
      await checkOutside(base);
    }),
    asyncTarget(
      'a checkout with any files of pvr',
      15,
      fc.tuple(states, hostileStates(samples), anyText([config]), anyText(['{}'])),
      async ([any, hostile, own, added]) => {
        await fresh(root);
        const written: readonly (readonly [string, string])[] = [
          ['json', any],
          ['config', own],
          ['new', added],
        ];
        for (const [name, text] of written) await writeFile(join(root, '.pvr', name), text);
        const signal = new AbortController().signal;
        const folder = await soundly('openPvrFolder', () => openPvrFolder(root), [TrailbossError]);
        await soundly('read', async () => folder?.read(signal), [TrailbossError]);
        await writeFile(join(root, '.pvr/config'), config);
        await soundly('checkOut', async () => {
          const opened = await openPvrFolder(root);
          await opened.exclusively(async () => {
            await opened.replaceCommitted(hostile);
            await opened.checkOut({ label: 'fuzz' }, signal, () => {});
          }, signal);
        }, [TrailbossError]);
        await checkOutside(base);
      },
    ),
  ];
  return { targets, close: () => rm(base, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }) };
}

const oneObject: RawEntry = {
  name: 'objects/7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed',
  type: '0',
  body: Buffer.from('one'),
};

/** States that are read to their end, with a key that leads elsewhere among their entries. */
function hostileStates(samples: Samples): fc.Arbitrary<string> {
  const key = fc.constantFrom(
    '../outside.json',
    '/tmp/outside.json',
    'a/../../../outside.json',
    '.pvr/json',
    '.PVR/config.json',
    'a//b.json',
    '.',
    'link/x.json',
    'a.json',
    'a.json/b.json',
  );
  const hostile = fc.array(key, { minLength: 1, maxLength: 2 }).map((keys) => {
    const members = [...new Set(keys)].map((name) => `${JSON.stringify(name)}:{"by":"us"}`);
    return `{"#spec":"pantavisor-service-system@1",${members.join(',')}}`;
  });
  return fc.oneof({ weight: 3, arbitrary: hostile }, { weight: 1, arbitrary: mutated(samples.states) });
}

async function readAll(path: string): Promise<void> {
  for await (const entry of exportEntries(path, new AbortController().signal)) {
    if (entry.kind === 'state') continue;
    hold(parseSha256(entry.sha) !== undefined, 'an object has no sha for a name');
    for await (const bytes of entry.bytes) hold(bytes.length > 0, 'an empty piece');
  }
}

/** An empty checkout, with a link in it that leads out. */
async function fresh(root: string): Promise<void> {
  await rm(root, { recursive: true, force: true });
  await mkdir(join(root, '.pvr/objects'), { recursive: true });
  await writeFile(join(root, '.pvr/json'), '{"#spec":"pantavisor-service-system@1"}');
  await writeFile(join(root, '.pvr/config'), config);
  const { symlink } = await import('node:fs/promises');
  await symlink('../..', join(root, 'link'));
}

async function checkOutside(base: string): Promise<void> {
  const [top, inside] = await Promise.all([readdir(base), readdir(join(base, 'inside'))]);
  hold(top.sort().join() === 'canary,inside', `outside there are ${top.join()}`);
  hold(
    inside.every((name) => name === 'checkout' || name === 'export'),
    `beside the checkout there are ${inside.join()}`,
  );
  hold((await readFile(join(base, 'canary'), 'utf8')) === 'as it was', 'a file outside was changed');
  hold((await stat('/tmp/outside.json').catch(() => undefined)) === undefined, '/tmp/outside.json was written');
}
