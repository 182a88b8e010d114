import { expect, test } from 'vitest';
import { packageComplaints } from './package-contents.ts';

const good = {
  'package.json': '{}',
  'dist/main/main.js': `import { app } from 'electron'; import 'node:fs'; const a = __require("crypto"); __require("cpu-features");`,
  'dist/main/licenses.md': '',
  'dist/preload/preload.cjs': 'const electron = require("electron");',
  'dist/renderer/index.html': '<script src="/assets/index-a1.js"></script>',
  'dist/renderer/assets/index-a1.js': 'start()',
};
const complaints = (more: Record<string, string>) =>
  packageComplaints(new Map(Object.entries({ ...good, ...more })), ['/home/ada/trailboss']);

test('a program with main, preload and screens is in order', () => {
  expect(complaints({})).toEqual([]);
});

test('what is missing is said', () => {
  expect(packageComplaints(new Map(), [])).toEqual([
    'package.json is missing',
    'dist/main/main.js is missing',
    'dist/main/licenses.md is missing',
    'dist/preload/preload.cjs is missing',
    'dist/renderer/index.html is missing',
  ]);
});

test.each([
  'electron/main.ts',
  'renderer/main.tsx',
  'shared/state/state.test.ts',
  'dist/renderer/assets/state.test.js',
  'dist/renderer/assets/fixtures/a.json',
  'dist/main/main.js.map',
  'dist/renderer/assets/index-a1.js.map',
  'node_modules/ssh2/package.json',
  'dist/main/node_modules/a.js',
  '.env',
])('%s has no place in it', (path) => {
  expect(complaints({ [path]: '' })).toEqual([`${path} has no place in it`]);
});

test.each([
  ['//# sourceMappingURL=index-a1.js.map', ['dist/renderer/assets/index-a1.js names a source map']],
  ['const at = "/home/ada/trailboss/renderer/main.tsx"', ['dist/renderer/assets/index-a1.js names /home/ada/trailboss']],
])('%j is found in a file', (text, expected) => {
  expect(complaints({ 'dist/renderer/assets/index-a1.js': text })).toEqual(expected);
});

test('code that would not find what it imports is found', () => {
  const main = `import { Client } from 'ssh2'; import('./later.js'); __require("undici"); __require("../crypto.node");`;
  expect(complaints({ 'dist/main/main.js': main })).toEqual([
    'dist/main/main.js imports ssh2, which is not in it',
    'dist/main/main.js imports dist/main/later.js, which is not in it',
    'dist/main/main.js imports undici, which is not in it',
  ]);
});
