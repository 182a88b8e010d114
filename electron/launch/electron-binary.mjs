import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectNode } from './project.mjs';
import { run, saying } from './run.mjs';

/** After a fetch that failed, the next one is tried this much later. */
const retryAfterMs = 24 * 60 * 60 * 1000;
const probeTimeoutMs = 5_000;
const fetchTimeoutMs = 10 * 60 * 1000;

/**
 * Looks for the file alone: `require('electron')` would start a download.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined} absolute path of the executable
 */
export function findElectron(root, env = process.env) {
  const folder = join(root, 'node_modules/electron');
  try {
    const executable = readFileSync(join(folder, 'path.txt'), 'utf8').trim();
    const path = join(env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), executable);
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Why a window can't be opened on this machine, whatever is installed.
 * @param {{ platform: string, env: NodeJS.ProcessEnv, uid: number | undefined }} machine
 * @returns {string | undefined}
 */
export function whyNoWindow({ platform, env, uid }) {
  if (platform !== 'linux') return undefined;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'there is no display';
  if (uid === 0) return 'Electron does not run as root with its sandbox on';
  return undefined;
}

/**
 * Fetches the Electron binary, quietly. A failure is remembered in .cache/ for a day, so that starting stays quick offline.
 * @param {string} root
 * @param {{ now?: number, probe?: () => Promise<boolean>, fetchBinary?: () => Promise<boolean> }} [ports]
 * @returns {Promise<{ path: string } | { reason: string }>}
 */
export async function fetchElectron(root, ports = {}) {
  const now = ports.now ?? Date.now();
  const record = join(root, '.cache/electron-fetch.json');
  const failedAt = readFailure(record);
  if (failedAt !== undefined && now - failedAt < retryAfterMs && now >= failedAt) {
    return { reason: 'no Electron binary is here, and it could not be fetched the last time (tried again after a day)' };
  }
  const reachable = await (ports.probe ?? probeDownload)();
  const fetched = reachable && (await (ports.fetchBinary ?? (() => runInstaller(root)))());
  const path = fetched ? findElectron(root) : undefined;
  if (path !== undefined) {
    rmSync(record, { force: true });
    return { path };
  }
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(record, JSON.stringify({ failedAt: now }));
  return { reason: `no Electron binary is here, and ${reachable ? 'fetching it failed' : 'github.com is not reachable'}` };
}

/** @param {string} file */
function readFailure(file) {
  try {
    const { failedAt } = JSON.parse(readFileSync(file, 'utf8'));
    return typeof failedAt === 'number' ? failedAt : undefined;
  } catch {
    return undefined;
  }
}

async function probeDownload() {
  if (process.env.ELECTRON_MIRROR || process.env.npm_config_electron_mirror) return true;
  try {
    await fetch('https://github.com/electron/electron', { method: 'HEAD', signal: AbortSignal.timeout(probeTimeoutMs) });
    return true;
  } catch {
    return false;
  }
}

/** @param {string} root */
async function runInstaller(root) {
  const script = join(root, 'node_modules/electron/install.js');
  const result = await saying('Fetching Electron (about 110 MB, once)', () =>
    run(projectNode(root), [script], { cwd: root, timeoutMs: fetchTimeoutMs }),
  );
  return result.code === 0;
}
