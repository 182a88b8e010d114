import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { HostedBackend, OpenBackend } from '../host.ts';
import { claimProfile, type RunningInstance } from '../instance.ts';
import { defaultPort, type LaunchOptions, parseLaunchOptions, usage } from '../launch/options.mjs';
import { defaultProfileDir } from '../profile.ts';
import { rendererFiles } from '../renderer-files.ts';
import { version } from '../version.ts';
import { openAccess } from './access.ts';
import { openPage } from './open-page.ts';
import { type BrowserHost, startBrowserHost } from './server.ts';

const rendererFolder = fileURLToPath(new URL('../../dist/renderer', import.meta.url));

/**
 * Runs the browser host until it is told to stop (Ctrl-C, SIGTERM).
 * @param args the command line, see `--help`
 * @returns the exit code: 2 for options that make no sense, 1 when it can't start
 */
export async function runBrowserHost(args: readonly string[], openBackend: OpenBackend): Promise<number> {
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
  const claim = claimProfile(profileDir, 'browser');
  if (claim.kind === 'taken') return pointToRunning(profileDir, claim.by, options);

  let backend: HostedBackend | undefined;
  let host: BrowserHost | undefined;
  try {
    backend = await openBackend({
      profileDir,
      demo: options.demo,
      version,
      ...(options.timeScale === undefined ? {} : { timeScale: options.timeScale }),
    });
    host = await startOnPort(backend, profileDir, options);
    claim.setPort(host.port);
    const address = await host.newAddress();
    printStart(address, profileDir);
    if (options.open) openPage(process, address);
    offerNewAddresses(host);
    await toldToStop();
    return 0;
  } catch (error) {
    console.error(`trailboss: it could not start: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    await host?.close();
    await backend?.close();
    claim.release();
  }
}

/** The port that was asked for; without one the usual port, or any free one where another program has that. */
async function startOnPort(backend: HostedBackend, profileDir: string, options: LaunchOptions): Promise<BrowserHost> {
  const common = {
    backend,
    files: rendererFiles(rendererFolder),
    access: openAccess(profileDir, Date.now),
    ...(options.behind === undefined ? {} : { behind: options.behind }),
  };
  try {
    return await startBrowserHost({ ...common, port: options.port ?? defaultPort });
  } catch (error) {
    if (!isPortTaken(error)) throw error;
    if (options.port !== undefined)
      throw new Error(`port ${options.port} of 127.0.0.1 is used by another program. Choose another with --port.`);
    return startBrowserHost({ ...common, port: 0 });
  }
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

/** A second start on the same data opens the one that runs already: its tokens lie in the profile. */
async function pointToRunning(profileDir: string, by: RunningInstance | undefined, options: LaunchOptions): Promise<number> {
  if (by === undefined || by.host === 'electron' || by.port === 0) {
    console.error(
      `trailboss: it runs already on ${profileDir}${by === undefined ? '' : ` (process ${by.pid})`}. Use that, or another --profile.`,
    );
    return 1;
  }
  const origin = options.behind ?? `http://127.0.0.1:${by.port}`;
  const address = `${origin}/?token=${await openAccess(profileDir, Date.now).issueToken()}`;
  console.log(
    `Trailboss runs already on ${profileDir} (process ${by.pid}). A fresh address for it, which works once:\n\n  ${address}\n`,
  );
  if (options.open) openPage(process, address);
  return 0;
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
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  process.stdin.unref();
}

function toldToStop(): Promise<void> {
  return new Promise((stop) => {
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    for (const signal of signals) process.once(signal, () => stop());
  });
}
