import { expect, test } from 'vitest';
import { entryRemarks, hubKeyProblem } from './entry-problems.ts';
import { stateProblems } from './problems.ts';
import { parseState } from './state.ts';

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

function told(entries: Record<string, unknown>) {
  const parsed = parseState(JSON.stringify(entries));
  if (!parsed.ok) throw new Error(parsed.reason);
  return stateProblems(parsed.state).map(({ severity, key, pointer, fix }) =>
    [severity, key, pointer, ...(fix ? [fix.label] : [])].join(' '),
  );
}

test('A sound state has none', () => expect(told(sound)).toEqual([]));

test('A file that is named must be there', () => {
  const { 'web/root.squashfs': _root, 'web/lxc.container.conf': _conf, 'bsp/kernel.img': _kernel, ...rest } = sound;
  expect(told(rest)).toEqual(['error web/run.json /root-volume', 'error web/run.json /config', 'error bsp/run.json /linux']);
  expect(told({ ...sound, 'web/run.json': run({ 'root-volume': 'dm:root.squashfs' }) })).toEqual([]);
  expect(told({ ...sound, 'web/run.json': run({ 'root-volume': 'rot.squashfs' }) })).toEqual([
    'error web/run.json /root-volume Use root.squashfs',
  ]);
});

test('Volumes are there, and once', () => {
  const volumes = ['a.squashfs', 'a.squashfs', 'b.squashfs'];
  expect(told({ ...sound, 'web/a.squashfs': sha, 'web/run.json': run({ volumes }) })).toEqual([
    'warning web/run.json /volumes/1',
    'error web/run.json /volumes/2',
  ]);
});

test('Groups and drivers that are named exist', () => {
  const drivers = { required: ['wifi', 'bluetooth'], optional: ['nfc'] };
  const state = {
    ...sound,
    'bsp/drivers.json': { all: { wifi: ['brcmfmac'] } },
    'groups.json': [{ name: 'app' }, { name: 'data' }, { name: 'app' }],
    'web/run.json': run({ group: 'apps', drivers }),
  };
  expect(told(state)).toEqual([
    'error web/run.json /group Leave the group out',
    'error web/run.json /drivers/required/1',
    'warning web/run.json /drivers/optional/0',
    'warning groups.json /2',
  ]);
  expect(told({ ...sound, 'device.json': { groups: [{ name: 'app' }] }, 'groups.json': [] })).toEqual(['warning groups.json ']);
});

test('Names: of the folder, and of one container only', () => {
  expect(told({ ...sound, 'web/run.json': run({ name: 'shop' }) })).toEqual([
    'warning web/run.json /name Call it web',
    'warning _config/web/etc/hosts ',
  ]);
  const twice = { 'two/lxc.container.conf': sha, 'two/root.squashfs': sha, 'two/run.json': run() };
  expect(told({ ...sound, ...twice })).toEqual(['warning two/run.json /name Call it two', 'warning two/run.json /name']);
});

test('A type that is missing is mended', () => {
  const { type: _type, ...untyped } = run();
  expect(told({ ...sound, 'web/run.json': untyped })).toEqual(['error web/run.json  Add "type": "lxc"']);
});

test('Members that are there twice, and what a hub would change', () => {
  const raw = '{"a":{"b":1,"c":[{"b":1}],"b":2},"x\uff2ey":1}';
  expect(entryRemarks(raw).map(({ at }) => raw.slice(at, at + 3))).toEqual(['"b"', '"x\uff2e']);
  expect([hubKeyProblem('web/a\uff2eb'), hubKeyProblem('web/a.b')].map((one) => one === undefined)).toEqual([false, true]);
});
