/** For tests: a running state and what it may move to, on disk in each of the forms that the command line takes. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { onTestFinished } from 'vitest';
import { z } from 'zod';

interface Web {
  readonly policy?: 'system' | 'container';
  readonly root?: string;
  readonly group?: string;
}

/** A state with one container; its root file system is the object of this text. */
export function webState({ policy = 'container', root = 'one', group }: Web = {}): string {
  const run = {
    '#spec': 'service-manifest-run@1',
    config: 'lxc.container.conf',
    ...(group !== undefined && { group }),
    name: 'web',
    restart_policy: policy,
    'root-volume': 'root.squashfs',
    storage: {},
    type: 'lxc',
    volumes: [],
  };
  return JSON.stringify({
    '#spec': 'pantavisor-service-system@1',
    'web/lxc.container.conf': shaOf('conf'),
    'web/root.squashfs': shaOf(root),
    'web/run.json': run,
  });
}

export const running = webState();
export const rebooting = webState({ policy: 'system' });
export const restarting = webState({ root: 'two' });
export const refused = webState({ group: 'nobody' });

function shaOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A folder that goes when the test has ended. */
export async function testFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'trailboss-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a state as a file and gives its path. */
export async function fileOf(folder: string, name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

/** A checkout with `committed` in `.pvr/json`, and in its tree the files of `restarting`. */
export async function checkoutOf(folder: string, committed: string): Promise<string> {
  const root = join(folder, 'checkout');
  await mkdir(join(root, '.pvr/objects'), { recursive: true });
  await mkdir(join(root, 'web'));
  const config = {
    DefaultGetUrl: '',
    DefaultPutUrl: '',
    DefaultPostUrl: '',
    ObjectsDir: '.pvr/objects',
    AccessTokens: {},
    RefreshTokens: {},
  };
  const run = JSON.stringify(z.object({ 'web/run.json': z.json() }).parse(JSON.parse(running))['web/run.json'], undefined, 4);
  await Promise.all([
    writeFile(join(root, '.pvr/json'), committed),
    writeFile(join(root, '.pvr/config'), JSON.stringify(config)),
    writeFile(join(root, 'web/run.json'), run),
    writeFile(join(root, 'web/root.squashfs'), 'two'),
    writeFile(join(root, 'web/lxc.container.conf'), 'conf'),
  ]);
  return root;
}

/** A tarball as `pvr export` writes it. */
export async function exportOf(folder: string, name: string, text: string): Promise<string> {
  const tar = pack();
  tar.entry({ name: 'json', mode: 0o600 }, text);
  tar.entry({ name: `objects/${shaOf('one')}` }, 'one');
  tar.finalize();
  const bytes = await buffer(tar);
  const path = join(folder, name);
  await writeFile(path, name.endsWith('gz') ? gzipSync(bytes) : bytes);
  return path;
}
