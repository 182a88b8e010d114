import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectNode } from './project.mjs';
import { run, SetupError, saying } from './run.mjs';

/**
 * Installs what package-lock.json names, unless npm's own record in node_modules says that it is all there.
 * @param {string} root
 */
export async function ensureDependencies(root) {
  if (!dependenciesAreInstalled(root)) {
    await saying('Installing the dependencies (npm ci)', () => installDependencies(root));
  }
  const version = await run(projectNode(root), ['--version']);
  if (version.code !== 0 || !version.output.startsWith('v24.')) {
    throw new SetupError(
      `Node 24 is missing in node_modules/node: npm installs it by a script, so don't use --ignore-scripts. Remove node_modules and try again.`,
      version.output,
    );
  }
}

/**
 * Whether node_modules holds every package of the lock in its version. Optional packages of other platforms may be missing.
 * @param {string} root
 */
export function dependenciesAreInstalled(root) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(join(root, 'node_modules/.package-lock.json'));
  if (wanted === undefined || installed === undefined) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    return found === undefined ? entry.optional === true : found.version === entry.version;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }> | undefined}
 */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** @param {string} root */
async function installDependencies(root) {
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const npmScript = process.env.npm_execpath;
  const viaScript = npmScript !== undefined && /npm-cli\.c?js$/.test(npmScript) && existsSync(npmScript);
  const shell = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const result = viaScript
    ? await run(process.execPath, [npmScript, ...args], { cwd: root })
    : await run(shell, args, { cwd: root });
  if (result.code !== 0) {
    throw new SetupError('The dependencies could not be installed. Is the package registry reachable?', result.output);
  }
}
