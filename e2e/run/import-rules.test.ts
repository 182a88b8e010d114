import { expect, test } from 'vitest';
import { forbiddenImports } from './import-rules.ts';
import { importCircles, importsOf } from './imports.ts';

/** The names of the rules that a file with one line of code breaks. */
function brokenRules(from: string, code: string): readonly string[] {
  return forbiddenImports(importsOf(from, code)).map((line) => /\((\S+)\)$/.exec(line)?.[1] ?? line);
}

test.each([
  ['shared/state/state.ts', "import { open } from '../../electron/storage/store.ts';", 'shared-is-alone'],
  ['shared/state/state.ts', "import type { Store } from '../../electron/storage/store.ts';", 'shared-is-alone'],
  ['shared/state/state.ts', "import { readFileSync } from 'fs';", 'shared-is-pure'],
  ['shared/state/state.ts', "import { readFile } from 'node:fs/promises';", 'shared-is-pure'],
  ['shared/state/state.ts', "import { useState } from 'react';", 'shared-is-pure'],
  ['shared/state/state.ts', "export * from 'react-dom/client';", 'shared-is-pure'],
  ['renderer/main.tsx', "import { open } from '../electron/backend.ts';", 'renderer-never-electron'],
  ['renderer/main.tsx', "const later = import('../electron/backend.ts');", 'renderer-never-electron'],
  ['renderer/main.tsx', "import { join } from 'path';", 'renderer-has-no-node'],
  ['electron/backend.ts', "import { theme } from '../renderer/theme/theme.ts';", 'electron-never-renderer'],
  ['electron/backend.ts', "import { start } from '../e2e/run/start.ts';", 'program-never-tests'],
  ['electron/net/http.ts', "import { fleet } from '../fleet/inventory.ts';", 'no-arrow-up'],
  ['electron/storage/store.ts', "export { drafts } from '../revisions/drafts.ts';", 'no-arrow-up'],
  ['electron/sources/hub/hub.ts', "import { router } from '../../router/fleet.ts';", 'no-arrow-up'],
  ['electron/router/fleet.ts', "import { createBackend } from '../backend.ts';", 'no-arrow-up'],
  ['electron/backend.ts', "import { start } from './browser/server.ts';", 'no-arrow-up'],
  ['electron/sources/pantavisor/cgi.ts', "import { device } from '../../simulator/device.ts';", 'simulator-is-over-the-wire'],
  ['electron/main/menu.ts', "import { Menu } from 'electron';", 'electron-in-two-files'],
  ['electron/main/menu.ts', "import { Menu, type MenuItem } from 'electron/main';", 'electron-in-two-files'],
  ['electron/sources/hub/hub.ts', "import { Client } from 'ssh2';", 'network-in-net'],
])('%s with `%s` breaks %s', (from, code, rule) => {
  expect(brokenRules(from, code)).toEqual([rule]);
});

test.each([
  ['shared/contract/fleet.ts', "import { oc } from '@orpc/contract'; import { z } from 'zod';"],
  ['shared/state/state.test.ts', "import { readFileSync } from 'node:fs';"],
  ['renderer/main.tsx', "import { parse } from '../shared/state/state.ts'; import './main.css';"],
  ['electron/router/fleet.ts', "import { fleet } from '../fleet/inventory.ts'; import { net } from '../net/http.ts';"],
  ['electron/backend.ts', "import { log } from './log.ts';"],
  ['electron/net/http.ts', "import { log } from '../log.ts';"],
  ['electron/browser/server.ts', "import { createBackend } from '../backend.ts';"],
  ['electron/main/menu.ts', "import type { Menu } from 'electron';"],
  ['electron/main/menu.ts', "import { type Menu, type MenuItem } from 'electron';"],
  ['electron/main.ts', "import { app } from 'electron';"],
  ['electron/net/ssh.ts', "import { Client } from 'ssh2';"],
])('%s with `%s` breaks nothing', (from, code) => {
  expect(brokenRules(from, code)).toEqual([]);
});

test('finds a circle of imports, and leaves out those that are erased', () => {
  const edges = [
    ...importsOf('shared/a.ts', "import { b } from './b.ts';"),
    ...importsOf('shared/b.ts', "import { c } from './c.ts';"),
    ...importsOf('shared/c.ts', "import { b } from './b.ts'; import type { a } from './a.ts';"),
  ];
  expect(importCircles(edges)).toEqual([['shared/b.ts', 'shared/c.ts', 'shared/b.ts']]);
});
