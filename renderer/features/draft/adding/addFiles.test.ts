import { expect, test } from 'vitest';
import { parseState } from '../../../../shared/state/state.ts';
import { folderNear, planFiles } from './addFiles.ts';

const parsed = parseState(`{"#spec":"pantavisor-service-system@1","web/run.json":{},"web/data.json":"${'a'.repeat(64)}"}`);
if (!parsed.ok) throw new Error(parsed.reason);
const { state } = parsed;

const chosen = (...names: readonly string[]) => names.map((path) => ({ file: new File([], path), path }));

function shown(folder: string, jsonAsObject: boolean, ...names: readonly string[]) {
  return planFiles(chosen(...names), folder, jsonAsObject, state).map(
    ({ key, becomes, replaces, fault }) => `${key} ${becomes}${replaces ? ' replaces' : ''}${fault === undefined ? '' : ' !'}`,
  );
}

test('files go under the folder, and .json becomes inline unless it is an object', () => {
  expect(shown('/web/', false, 'run.json', 'data.json', 'new.json', 'a.conf')).toEqual([
    'web/run.json json replaces',
    'web/data.json object replaces',
    'web/new.json json',
    'web/a.conf object',
  ]);
  expect(shown('', true, 'groups.json')).toEqual(['groups.json object']);
});

test('a key that the device or pvr breaks on is a fault, and so is the same key twice', () => {
  expect(shown('_config/web', false, '../x', 'etc/hosts', 'etc/hosts')).toEqual([
    '_config/web/../x object !',
    '_config/web/etc/hosts object',
    '_config/web/etc/hosts object !',
  ]);
});

test('new files go near what is selected', () => {
  expect([undefined, '/container:web', '/bsp', '/root', 'web/run.json', 'groups.json'].map(folderNear)).toEqual([
    '',
    'web',
    'bsp',
    '',
    'web',
    '',
  ]);
});
