import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, SetupError, saying } from '../../electron/launch/run.mjs';

const chromiumNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const chromiumPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** @typedef {{ env?: NodeJS.ProcessEnv, uid?: number | undefined, exists?: (path: string) => boolean }} Machine */

/**
 * The Chromium that the end-to-end tests use: the one that TRAILBOSS_CHROMIUM names, or the system's.
 * @param {Machine} [machine]
 * @returns {string | undefined} absolute path
 */
export function findChromium({ env = process.env, exists = existsSync } = {}) {
  if (env.TRAILBOSS_CHROMIUM) return exists(env.TRAILBOSS_CHROMIUM) ? env.TRAILBOSS_CHROMIUM : undefined;
  return findProgram(chromiumNames, { env, exists }) ?? chromiumPlaces.find(exists);
}

/**
 * The OpenSSH server that the tests of the SSH source run, unprivileged, on a port of their own.
 * @param {Machine} [machine]
 */
export function findSshServer({ env = process.env, exists = existsSync } = {}) {
  return findProgram(['sshd'], {
    env: { ...env, PATH: `${env.PATH ?? ''}${delimiter}/usr/sbin${delimiter}/usr/local/sbin` },
    exists,
  });
}

/** Chromium for the end-to-end tests, by apt as root where the system has none. */
export function ensureChromium() {
  return ensureProgram({
    what: 'Chromium',
    packages: ['chromium', 'fonts-dejavu-core'],
    find: findChromium,
    advice: 'Install Chromium or Chrome, or name it with TRAILBOSS_CHROMIUM=/path/to/chromium.',
  });
}

/** What the tests of the SSH source run for real: an OpenSSH server, an agent, and curl; by apt as root where the system has none. */
export async function ensureSshPrograms() {
  await ensureProgram({
    what: 'OpenSSH server',
    packages: ['openssh-server'],
    find: findSshServer,
    advice: 'Install OpenSSH server (it need not run).',
  });
  const machine = { env: process.env, exists: existsSync };
  await ensureProgram({
    what: 'OpenSSH client',
    packages: ['openssh-client'],
    find: () => findProgram(['ssh-agent'], machine),
    advice: 'Install the OpenSSH client.',
  });
  await ensureProgram({
    what: 'curl',
    packages: ['curl'],
    find: () => findProgram(['curl'], machine),
    advice: 'Install curl.',
  });
}

/**
 * @param {readonly string[]} names
 * @param {{ env: NodeJS.ProcessEnv, exists: (path: string) => boolean }} machine
 */
function findProgram(names, { env, exists }) {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(exists);
}

/**
 * @param {{ what: string, packages: readonly string[], find: () => string | undefined, advice: string }} program
 * @returns {Promise<string>} absolute path
 */
async function ensureProgram({ what, packages, find, advice }) {
  const found = find();
  if (found !== undefined) return found;
  const missing = `${what} is missing for the tests.`;
  if (process.getuid?.() !== 0 || findProgram(['apt-get'], { env: process.env, exists: existsSync }) === undefined) {
    throw new SetupError(`${missing} ${advice} As root on Debian or Ubuntu this is done by itself.`);
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const result = await saying(`Installing ${what} (apt-get install ${packages.join(' ')})`, async () => {
    await run('apt-get', ['update', '-q'], { env });
    // Services are not started: the tests run their own.
    return run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env: { ...env, RUNLEVEL: '1' } });
  });
  const installed = find();
  if (installed === undefined) throw new SetupError(`${missing} ${advice}`, result.output);
  return installed;
}
