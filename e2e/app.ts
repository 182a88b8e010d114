import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';

const root = join(import.meta.dirname, '..');

export interface AppOptions {
  readonly demo?: boolean;
  /** Real seconds per second of a simulated device. */
  readonly timeScale?: number;
  readonly profile?: string;
  /** 0 for any free one. */
  readonly port?: number;
  /** Over the environment of the tests. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The program as a person starts it, in the browser host. */
export interface RunningApp {
  /** Works once. */
  readonly address: string;
  readonly port: number;
  readonly profile: string;
  readonly pid: number;
  /** What it printed so far. */
  output(): string;
  /** Ends it as a crash would, without a word. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the browser host on the profile and waits for its address. */
export async function startApp(options: AppOptions = {}): Promise<RunningApp> {
  const profile = options.profile ?? (await mkdtemp(join(tmpdir(), 'trailboss-e2e-')));
  const args = ['--browser', '--no-open', '--profile', profile, '--port', String(options.port ?? 0)];
  if (options.demo) args.push('--demo');
  args.push('--time-scale', String(options.timeScale ?? 0.05));
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, 'electron', 'browser.ts'), ...args],
    {
      cwd: root,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    output += String(chunk);
  });
  const address = await printedAddress(child, () => output);
  return {
    address,
    port: Number(new URL(address).port),
    profile,
    pid: child.pid ?? 0,
    output: () => output,
    kill: () => end(child, 'SIGKILL'),
    stop: async () => {
      await end(child, 'SIGTERM');
      if (options.profile === undefined) await rm(profile, { recursive: true, force: true });
    },
  };
}

function printedAddress(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const address = /Open\s+(http:\S+)/.exec(output())?.[1];
      if (address !== undefined) resolve(address);
    };
    child.stdout?.on('data', look);
    child.once('exit', (code) => reject(new Error(`the program ended with ${code} before it was open:\n${output()}`)));
  });
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

/**
 * A test with the program running: `app` starts it on an empty profile, and whatever the page says on its console as an error
 * fails the test.
 */
export const test = base.extend<{ appOptions: AppOptions; app: RunningApp; opened: Page; consoleErrors: string[] }>({
  appOptions: [{}, { option: true }],
  app: async ({ appOptions }, use) => {
    const app = await startApp(appOptions);
    await use(app);
    await app.stop();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are wanted from this pattern.
  consoleErrors: async ({}, use) => {
    await use([]);
  },
  opened: async ({ app, page, consoleErrors }, use) => {
    page.on('pageerror', (error) => consoleErrors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') consoleErrors.push(message.text());
    });
    await page.goto(app.address);
    await use(page);
  },
});

export { expect } from '@playwright/test';
