import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { TrailbossError } from '../../shared/contract/errors.ts';
import type { HostedBackend, OpenBackend } from '../host.ts';
import { claimProfile, type ProfileClaim } from '../instance.ts';
import { defaultPort, type LaunchOptions, parseLaunchOptions, usage } from '../launch/options.mjs';
import { defaultProfileDir } from '../profile.ts';
import { rendererFiles } from '../renderer-files.ts';
import { version } from '../version.ts';
import { openAccess } from './access.ts';
import { pointToRunning } from './already-running.ts';
import { openPage } from './open-page.ts';
import { type BrowserHost, type BrowserHostOptions, startBrowserHost } from './server.ts';

export interface BrowserProgram {
  readonly openBackend: OpenBackend;
  /** Folder of the built screens. */
  readonly rendererFolder: string;
}

/**
 * Runs the browser host until it is told to stop (Ctrl-C, SIGTERM).
 * @param args the command line, see `--help`
 * @returns the exit code: 2 for options that make no sense, 1 when it can't start
 */
export async function runBrowserHost(args: readonly string[], program: BrowserProgram): Promise<number> {
  const parsed = parseLaunchOptions(args);
  if (parsed.kind === 'invalid') {
    console.error(`trailboss: ${parsed.reason}`);
    return 2;
  }
  if (parsed.options.help) {
    console.log(usage);
    return 0;
  }
  const { options } = parsed;
  const profileDir = resolve(
    options.profile ?? defaultProfileDir({ platform: process.platform, env: process.env, home: homedir() }),
  );

  let claim: ProfileClaim | undefined;
  let backend: HostedBackend | undefined;
  let host: BrowserHost | undefined;
  try {
    claim = claimProfile(profileDir, 'browser');
    if (claim.kind === 'taken') return await pointToRunning(profileDir, claim.by, options.open);
    if (options.behind === undefined && !existsSync(join(program.rendererFolder, 'index.html'))) {
      throw new Error('the screens are not built. Start it with `npm start`, which builds them.');
    }
    backend = await program.openBackend({
      profileDir,
      demo: options.demo,
      version,
      ...(options.timeScale === undefined ? {} : { timeScale: options.timeScale }),
    });
    host = await startOnPort(
      { backend, files: rendererFiles(program.rendererFolder), access: openAccess(profileDir, Date.now) },
      options,
    );
    claim.setOrigin(host.origin);
    const address = await host.newAddress();
    printStart(address, profileDir);
    if (options.open) openPage(process, address);
    offerNewAddresses(host);
    await toldToStop();
    return 0;
  } catch (error) {
    console.error(`trailboss: it could not start: ${reasonOf(error)}`);
    return 1;
  } finally {
    await host?.close();
    await backend?.close();
    if (claim?.kind === 'claimed') claim.release();
  }
}

/** The port that was asked for; without one the usual port, or any free one where another program has that. */
async function startOnPort(
  parts: Pick<BrowserHostOptions, 'backend' | 'files' | 'access'>,
  options: LaunchOptions,
): Promise<BrowserHost> {
  const common = options.behind === undefined ? parts : { ...parts, behind: options.behind };
  try {
    return await startBrowserHost({ ...common, port: options.port ?? defaultPort });
  } catch (error) {
    if (!isPortTaken(error)) throw error;
    if (options.port !== undefined)
      throw new Error(`port ${options.port} of 127.0.0.1 is used by another program. Choose another with --port.`);
    return startBrowserHost({ ...common, port: 0 });
  }
}

/** For a terminal: a problem with what to do about it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof TrailbossError)) return error instanceof Error ? error.message : String(error);
  const { what, next, raw } = error.data;
  return `${what} ${next}${raw === undefined ? '' : ` (${raw})`}`;
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

function printStart(address: string, profileDir: string): void {
  console.log(`
Trailboss ${version} is running.

  Open  ${address}
  Data  ${profileDir}

The address works once. ${process.stdin.isTTY ? 'Press Enter for a new one, Ctrl-C to stop.' : 'Start it once more to get a new one.'}
`);
}

function offerNewAddresses(host: BrowserHost): void {
  if (!process.stdin.isTTY) return;
  const lines = createInterface({ input: process.stdin });
  lines.on('line', () => {
    void host.newAddress().then((address) => console.log(`  Open  ${address}\n`));
  });
  process.stdin.unref();
}

function toldToStop(): Promise<void> {
  return new Promise((stop) => {
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    for (const signal of signals) process.once(signal, () => stop());
  });
}
