import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Disk, realDisk } from '../folder/disk.ts';
import { openPvrFolder } from '../folder/folder.ts';
import { changeApp, listApps } from './apps.ts';

const signal = new AbortController().signal;
const src = `{
    "#spec": "service-manifest-src@1",
    "template": "builtin-lxc-docker",
    "args": {
        "PV_RESTART_POLICY": "system"
    },
    "docker_name": "registry.example.com/web",
    "docker_tag": "1.0",
    "docker_config": {}
}`;
const run = `{
    "#spec": "service-manifest-run@1",
    "config": "lxc.container.conf",
    "drivers": {
        "manual": [],
        "optional": [],
        "required": []
    },
    "group": "app",
    "name": "web",
    "restart_policy": "system",
    "root-volume": "root.squashfs",
    "storage": {
        "lxc-overlay": {
            "persistence": "boot"
        }
    },
    "type": "lxc",
    "volumes": []
}`;

/** A checkout with the app `web`, a folder without a src.json, and a link to a folder elsewhere. */
async function checkout() {
  const base = await mkdtemp(join(tmpdir(), 'trailboss-apps-'));
  onTestFinished(() => rm(base, { recursive: true, force: true }));
  const root = join(base, 'checkout');
  for (const folder of ['.pvr/objects', 'web', 'bsp', '../elsewhere']) await mkdir(join(root, folder), { recursive: true });
  const groups = '[{"name":"root"},{"name":"app"}]';
  const committed = `{"#spec":"pantavisor-service-system@1","groups.json":${groups},"web/run.json":{},"web/src.json":{}}`;
  const config =
    '{"DefaultGetUrl":"","DefaultPutUrl":"","DefaultPostUrl":"","ObjectsDir":".pvr/objects","AccessTokens":{},"RefreshTokens":{}}';
  await Promise.all([
    writeFile(join(root, '.pvr/json'), committed),
    writeFile(join(root, '.pvr/config'), config),
    writeFile(join(root, 'groups.json'), groups),
    writeFile(join(root, 'web/src.json'), src),
    writeFile(join(root, 'web/run.json'), run),
    writeFile(join(base, 'elsewhere/src.json'), src),
    symlink(join(base, 'elsewhere'), join(root, 'linked')),
  ]);
  return { root, folder: await openPvrFolder(root) };
}

test('the apps of a working tree, with the group that the tracked groups give them', async () => {
  const { folder } = await checkout();
  expect(await listApps(folder, signal)).toEqual([
    {
      name: 'web',
      template: 'builtin-lxc-docker',
      image: 'registry.example.com/web:1.0',
      restartPolicy: 'system',
      effectiveGroup: 'app',
      persistence: [{ volume: 'lxc-overlay', persistence: 'boot', own: false }],
      drift: [],
      signedBy: [],
    },
  ]);
});

test('an edit changes both files and nothing else in them', async () => {
  const { root, folder } = await checkout();
  await changeApp(folder, 'web', { restartPolicy: 'container', group: 'root' }, signal);
  expect(await readFile(join(root, 'web/run.json'), 'utf8')).toBe(
    run.replace('"system"', '"container"').replace('"group": "app"', '"group": "root"'),
  );
  expect(await readFile(join(root, 'web/src.json'), 'utf8')).toBe(
    src.replace('"PV_RESTART_POLICY": "system"', '"PV_GROUP": "root",\n        "PV_RESTART_POLICY": "container"'),
  );
  expect(await readdir(join(root, 'web'))).toEqual(['run.json', 'src.json']);
  expect((await listApps(folder, signal))[0]).toMatchObject({ group: 'root', drift: [] });
});

test('an edit that can not be made, or of an app that is not there, changes nothing', async () => {
  const { root, folder } = await checkout();
  await expect(changeApp(folder, 'web', { statusGoal: 'MOUNTED' }, signal)).rejects.toMatchObject({ code: 'BAD_STATE' });
  for (const name of ['bsp', 'linked', '..', 'none']) {
    await expect(changeApp(folder, name, { restartPolicy: 'container' }, signal)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }
  expect([await readFile(join(root, 'web/run.json'), 'utf8'), await readFile(join(root, 'web/src.json'), 'utf8')]).toEqual([
    run,
    src,
  ]);
});

test('a disk that fills up between the two files leaves src.json as it was, and the drift is shown', async () => {
  const { root, folder } = await checkout();
  const full: Disk = {
    ...realDisk,
    write: (path, bytes) => (path.includes('src.json') ? Promise.reject(new Error('no space')) : realDisk.write(path, bytes)),
  };
  await expect(changeApp(folder, 'web', { restartPolicy: 'container' }, signal, full)).rejects.toThrow('no space');
  expect(await readFile(join(root, 'web/src.json'), 'utf8')).toBe(src);
  expect((await listApps(folder, signal))[0]).toMatchObject({ restartPolicy: 'system', drift: ['restart_policy'] });
});

test('an app that can not be read is on the list with the reason', async () => {
  const { root, folder } = await checkout();
  await writeFile(join(root, 'web/src.json'), Buffer.from([0x7b, 0xff, 0x7d]));
  expect(await listApps(folder, signal)).toMatchObject([{ name: 'web', problem: expect.stringContaining('UTF-8') }]);
  await writeFile(join(root, 'web/src.json'), '{"args": 1}');
  expect(await listApps(folder, signal)).toMatchObject([{ problem: '"args" in src.json is no JSON object.' }]);
});
