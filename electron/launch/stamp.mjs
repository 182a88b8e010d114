import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Does a build only when what goes into it changed since the last one. The stamps lie in .cache/.
 * @param {{ root: string, name: string, inputs: readonly string[], output: string, build: () => Promise<void> }} step
 *   inputs: files and folders, relative to root; output: the file that must be there when it is built
 * @returns {Promise<'built' | 'fresh'>}
 */
export async function buildWhenChanged({ root, name, inputs, output, build }) {
  const stampFile = join(root, '.cache', `${name}.stamp`);
  const stamp = hashOfInputs(root, inputs);
  if (existsSync(join(root, output)) && readStamp(stampFile) === stamp) return 'fresh';
  await build();
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(stampFile, stamp);
  return 'built';
}

/**
 * Hash over the names and contents of files. Tests and their fixtures don't count.
 * @param {string} root
 * @param {readonly string[]} inputs
 */
export function hashOfInputs(root, inputs) {
  const hash = createHash('sha256').update(process.platform);
  for (const file of inputs.flatMap((input) => filesBelow(root, input)).sort()) {
    const content = readFileSync(join(root, file));
    hash.update(`\0${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]}
 */
function filesBelow(root, path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return /\.test\.tsx?$/.test(path) ? [] : [path];
  return readdirSync(full)
    .filter((name) => name !== 'fixtures')
    .flatMap((name) => filesBelow(root, `${path}/${name}`));
}

/** @param {string} file */
function readStamp(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
