import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root folder of this checkout. */
export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * The Node 24 that `npm ci` installs as a dev dependency, whatever Node the machine itself has.
 * @param {string} [root]
 * @returns {string} absolute path; the file is there only after the dependencies are
 */
export function projectNode(root = projectRoot) {
  const folder = join(root, 'node_modules/node/bin');
  const windows = join(folder, 'node.exe');
  return existsSync(windows) ? windows : join(folder, 'node');
}

/**
 * Entry script of a tool from node_modules, to be run with {@link projectNode}.
 * @param {'vite' | 'vitest' | 'typescript' | '@biomejs/biome' | '@playwright/test' | 'electron-builder'} tool
 * @param {string} [root]
 */
export function toolScript(tool, root = projectRoot) {
  return join(root, 'node_modules', tool, toolScripts[tool]);
}

const toolScripts = {
  vite: 'bin/vite.js',
  vitest: 'vitest.mjs',
  typescript: 'bin/tsc',
  '@biomejs/biome': 'bin/biome',
  '@playwright/test': 'cli.js',
  'electron-builder': 'cli.js',
};
