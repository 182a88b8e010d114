import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { forecast } from '../forecast/index.ts';
import { preflight } from '../forecast/preflight.ts';
import { type Edited, setJson, setObject } from './edit.ts';
import { Sha256 } from './ids.ts';
import { containerNameProblem, keptPathProblem, type NewContainer, newContainer, startOf } from './new-container.ts';
import { parseState, type StateDocument } from './state.ts';

const sha = Sha256.parse('a'.repeat(64));
const base =
  `{"#spec":"pantavisor-service-system@1","os/lxc.container.conf":"${sha}","os/root.squashfs":"${sha}",` +
  '"os/run.json":{"config":"lxc.container.conf","name":"os","root-volume":"root.squashfs","type":"lxc"}}';

function parsed(text: string): StateDocument {
  const state = parseState(text);
  if (!state.ok) throw new Error(state.reason);
  return state.state;
}

function taken(edited: Edited): StateDocument {
  if (!edited.ok) throw new Error(edited.reason);
  return edited.state;
}

const app: NewContainer = { kind: 'app', name: 'shop', group: undefined, policy: 'inherit', init: '/sbin/init', keep: [] };

test.each([
  [app, { restarts: [], starts: [], transition: 'reboot' }],
  [
    { ...app, group: 'app' },
    { restarts: [], starts: ['shop'], transition: 'non-reboot' },
  ],
  [
    { ...app, policy: 'container' },
    { restarts: [], starts: ['shop'], transition: 'non-reboot' },
  ],
  [{ ...app, kind: 'volumes', group: 'data' }, { transition: 'reboot' }],
] satisfies readonly (readonly [NewContainer, object])[])('The device takes %j', (wanted, outcome) => {
  const { runKey, runJson, rootKey, conf } = newContainer(wanted);
  let next = taken(setObject(taken(setJson(parsed(base), runKey, runJson)), rootKey, sha));
  if (conf !== undefined) next = taken(setObject(next, conf.key, sha));
  expect(forecast(base, next.text)).toMatchObject({ kind: 'move', ...outcome });
  expect(preflight(next.text)).toEqual([]);
});

test('The documents are those that pvr renders', () => {
  const file = gunzipSync(readFileSync(new URL('./fixtures/app-os-nogroups.json.gz', import.meta.url))).toString();
  const { before } = JSON.parse(file);
  const made = newContainer({ ...app, name: 'os', keep: ['/data/x', '/var/lib'] });
  expect(made.conf?.text).toBe(before.lxcContainerConf);
  expect(Object.keys(JSON.parse(made.runJson)).sort()).toEqual(Object.keys(before.runJson).sort());
});

test('A name is free and fits', () => {
  const state = parsed(base);
  const taken = ['', 'os', 'bsp', '_config', 'a/b', 'ü', '..'].filter((name) => containerNameProblem(state, name) === undefined);
  expect(taken).toEqual([]);
  expect(containerNameProblem(state, 'my-app_2.0')).toBeUndefined();
});

test('A kept path is absolute and plain', () => {
  expect(['/data', '/var/lib/app'].filter((path) => keptPathProblem(path) !== undefined)).toEqual([]);
  expect(['data', '/', '/a b', '/a/../b', '/a:b', '/a/'].filter((path) => keptPathProblem(path) === undefined)).toEqual([]);
});

test('A new entry begins as what its key says', () => {
  expect(JSON.parse(startOf('web/run.json'))).toMatchObject({ name: 'web', type: 'lxc' });
  expect([startOf('bsp/run.json'), startOf('web/other.json')]).toEqual(['{}', '{}']);
  expect(() => [startOf('web/src.json'), startOf('groups.json')].map((text) => JSON.parse(text))).not.toThrow();
});
