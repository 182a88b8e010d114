import { expect, test } from 'vitest';
import { type PreflightFacts, preflight } from '../preflight.ts';

const sha = 'a'.repeat(64);
const run = (extra: object = {}) => ({
  '#spec': 'service-manifest-run@1',
  config: 'lxc.container.conf',
  drivers: { manual: [], optional: [], required: [] },
  group: 'app',
  name: 'web',
  'root-volume': 'root.squashfs',
  type: 'lxc',
  volumes: [],
  ...extra,
});
const sound = {
  '#spec': 'pantavisor-service-system@1',
  '_config/web/etc/hosts': sha,
  'bsp/kernel.img': sha,
  'bsp/pantavisor': sha,
  'bsp/run.json': { linux: 'kernel.img', initrd: 'pantavisor' },
  'web/lxc.container.conf': sha,
  'web/root.squashfs': sha,
  'web/run.json': run(),
};

function told(entries: Record<string, unknown>, facts: PreflightFacts = {}): readonly string[] {
  return preflight(JSON.stringify(entries), facts).map(({ severity, rule, key, pointer, fix }) =>
    [severity, rule, key ?? '-', pointer ?? '', ...(fix ? [fix.label] : [])].join(' ').trim(),
  );
}

test('A sound state has none', () => expect(told(sound)).toEqual([]));

test('A file that is named must be there', () => {
  const { 'web/root.squashfs': _root, 'web/lxc.container.conf': _conf, 'bsp/kernel.img': _kernel, ...rest } = sound;
  expect(told(rest)).toEqual([
    'fails config-no-entry web/run.json /config',
    'fails root-volume-no-entry web/run.json /root-volume',
    'fails linux-no-entry bsp/run.json /linux',
  ]);
  expect(told({ ...sound, 'web/run.json': run({ 'root-volume': 'rot.squashfs' }) })).toEqual([
    'fails root-volume-no-entry web/run.json /root-volume Use root.squashfs',
  ]);
});

test('Volumes are there, and once', () => {
  const volumes = ['a.squashfs', 'a.squashfs', 'b.squashfs'];
  expect(told({ ...sound, 'web/a.squashfs': sha, 'web/run.json': run({ volumes }) })).toEqual([
    'fails volume-no-entry web/run.json /volumes/2',
    'notice volume-twice web/run.json /volumes/1',
  ]);
});

test('A verified volume has its hashes, and they their files', () => {
  const state = { ...sound, 'web/run.json': run({ 'root-volume': 'dm:root.squashfs' }) };
  const dm = { data_device: 'root.squashfs', hash_device: 'root.squashfs.hash', root_hash: 'a', type: 'dm-verity' };
  expect(told(state)).toEqual(['fails dm-manifest-no-entry web/run.json /root-volume']);
  expect(told({ ...state, 'web/_dm/root.squashfs.json': dm })).toEqual([
    'fails dm-file-no-entry web/_dm/root.squashfs.json /hash_device',
  ]);
  expect(told({ ...state, 'web/_dm/root.squashfs.json': dm, 'web/root.squashfs.hash': sha })).toEqual([]);
});

test('Files of the base system are there, and a kernel has its initrd', () => {
  const bsp = (said: object) => told({ ...sound, 'bsp/run.json': said });
  expect(bsp({ linux: 'kernel.img' })).toEqual(['fails initrd-missing bsp/run.json']);
  expect(bsp({ fit: 'a.fit', linux: 'gone.img' })).toEqual(['fails fit-no-entry bsp/run.json /fit']);
  expect(
    bsp({ linux: 'kernel.img', initrd: 'pantavisor', modules: 'm.squashfs', firmware: 'dm:f.squashfs', addons: ['x'] }),
  ).toEqual([
    'fails addon-no-entry bsp/run.json /addons/0',
    'fails firmware-no-entry bsp/run.json /firmware',
    'fails modules-no-entry bsp/run.json /modules',
  ]);
  expect(bsp({ initrd: 'pantavisor' })).toEqual(['refused parser-refuses bsp/run.json']);
});

test('Groups that are named exist: the device refuses the state otherwise, once for each of them', () => {
  const lost = {
    ...sound,
    'two/lxc.container.conf': sha,
    'two/root.squashfs': sha,
    'two/run.json': run({ name: 'two', group: 'b' }),
  };
  expect(told({ ...lost, 'web/run.json': run({ group: 'a' }) })).toEqual([
    'refused group-unknown web/run.json /group Leave the group out',
    'refused group-unknown two/run.json /group Leave the group out',
  ]);
  const twice = { ...sound, 'groups.json': [{ name: 'app' }, { name: 'data' }, { name: 'app' }] };
  expect(told(twice)).toEqual(['notice group-twice groups.json /2']);
  expect(told({ ...sound, 'device.json': { groups: [{ name: 'app' }] }, 'groups.json': [] })).toEqual([
    'notice groups-ignored groups.json',
  ]);
});

test('Every run.json with a value that the device refuses is told, not the first alone', () => {
  const more = { 'two/lxc.container.conf': sha, 'two/root.squashfs': sha, 'two/run.json': run({ name: 'two', roles: 'mgmt' }) };
  expect(told({ ...sound, ...more, 'web/run.json': run({ restart_policy: 'always' }) })).toEqual([
    'refused parser-refuses web/run.json',
    'refused parser-refuses two/run.json',
  ]);
});

test('Drivers that the base system lacks, and services that nobody exports', () => {
  const drivers = { required: ['wifi', 'bluetooth'], optional: ['nfc'] };
  const bsp = { 'bsp/drivers.json': { all: { wifi: ['brcmfmac'] } } };
  expect(told({ ...sound, ...bsp, 'web/run.json': run({ drivers }) })).toEqual([
    'notice driver-unknown web/run.json /drivers/required/1',
    'notice driver-unknown web/run.json /drivers/optional/0',
  ]);
  const wanting = {
    ...sound,
    'web/run.json': run({ services: { required: [{ name: 'net', type: 'rest' }, { name: 'system-bus' }] } }),
  };
  expect(told(wanting)).toEqual(['fails service-unknown web/run.json /services/required/0']);
  const bare = { ...sound, 'web/run.json': run({ services: { required: ['net'] } }), 'web/services.json': ['net'] };
  expect(told(bare)).toEqual(['fails service-unnamed web/run.json /services/required/0']);
  expect(told({ ...wanting, 'web/services.json': { services: [{ name: 'net', socket: '/run/net' }] } })).toEqual([]);
});

test('Disks that volumes are put on exist', () => {
  const storage = { data: { persistence: 'permanent', disk: 'big' }, log: { persistence: 'boot' } };
  const state = { ...sound, 'web/run.json': run({ storage }) };
  expect(told(state)).toEqual(['fails disk-unknown web/run.json /storage/data/disk']);
  expect(told({ ...state, 'disks.json': [{ name: 'sd', type: 'volume-disk', aliases: ['big'] }] })).toEqual([]);
});

test('Names: of the folder, and of one container only', () => {
  expect(told({ ...sound, 'web/run.json': run({ name: 'shop' }) })).toEqual([
    'notice container-name web/run.json /name Call it web',
    'notice overlay-of-nobody _config/web/etc/hosts',
  ]);
  const twice = { 'two/lxc.container.conf': sha, 'two/root.squashfs': sha, 'two/run.json': run() };
  expect(told({ ...sound, ...twice })).toEqual([
    'notice container-name two/run.json /name Call it two',
    'notice container-name-twice two/run.json /name',
  ]);
});

test('What a container needs to be started', () => {
  const { type: _type, config: _config, 'root-volume': _root, volumes: _volumes, ...bare } = run();
  expect(told({ ...sound, 'web/run.json': bare })).toEqual([
    'fails type-missing web/run.json  Add "type": "lxc"',
    'fails config-missing web/run.json',
    'fails root-volume-missing web/run.json',
  ]);
  expect(told({ ...sound, 'web/run.json': run({ type: 'docker' }) })).toEqual([
    'fails type-unknown web/run.json /type Make it lxc',
  ]);
});

test('Values of the wrong kind that the device’s parser lets pass', () => {
  expect(told({ ...sound, 'web/run.json': run({ config: 5, 'root-volume': ['root.squashfs'], storage: [] }) })).toEqual([
    'fails field-type web/run.json /config',
    'fails field-type web/run.json /root-volume',
    'notice field-type web/run.json /storage',
  ]);
});
