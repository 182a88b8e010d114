import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import type { CDPSession, Page } from '@playwright/test';
import { z } from 'zod';
import { openBackend } from '../../electron/backend.ts';
import type { Router } from '../../electron/router/index.ts';
import { until } from '../../electron/test-bench.ts';
import { type BenchApp, startBenchApp } from './bench-app.ts';
import { type StartedProcess, started } from './processes.ts';
import { openWindow, withBrowser } from './screen.ts';
import { type Frames, framesDuring } from './smoothness.ts';
import { type Figure, grown, mb, ms, percent } from './table.ts';

const rates = [500, 5000] as const;
const watchedMs = 20_000;
/** Until the page has settled and its code is warm. */
const warmMs = 4000;

const Where = z.object({ port: z.number(), fingerprint: z.string() });

interface Measured {
  readonly frames: Frames;
  readonly pageBefore: number;
  readonly pageAfter: number;
  readonly backendBefore: number;
  readonly backendAfter: number;
  readonly cpuMs: number;
  /** Milliseconds of processor time of the page's main thread; unlike frames it does not depend on what else runs on the machine. */
  readonly pageCpuMs: number;
  readonly shown: number;
  readonly lost: number;
}

/** A device's log over SSH, live in a real window, at two rates. */
export async function measureLogs(): Promise<readonly Figure[]> {
  const slow = { size: rates[0], measured: await measure(rates[0]) };
  const quick = { size: rates[1], measured: await measure(rates[1]) };
  const both = [slow, quick] as const;
  return [
    grown(both, 'longest frame', ({ frames }) => frames.longest, ms),
    grown(both, 'longest piece of work', ({ frames }) => frames.longestTask, ms),
    grown(both, 'frames over 50 ms', ({ frames }) => frames.slowShare, percent),
    grown(both, 'page, processor', ({ pageCpuMs }) => pageCpuMs / watchedMs, percent),
    grown(both, 'page, after 20 s', ({ pageAfter }) => pageAfter, mb),
    grown(both, 'page, before', ({ pageBefore }) => pageBefore, mb),
    grown(both, 'backend, after 20 s', ({ backendAfter }) => backendAfter, mb),
    grown(both, 'backend, before', ({ backendBefore }) => backendBefore, mb),
    grown(both, 'backend, processor', ({ cpuMs }) => cpuMs / watchedMs, percent),
    grown(both, 'lines that are shown', ({ shown }) => shown, String),
    grown(both, 'lines lost among them', ({ lost }) => lost, String),
  ];
}

async function measure(perSecond: number): Promise<Measured> {
  const dir = await mkdtemp(join(tmpdir(), 'trailboss-bench-'));
  const profile = join(dir, 'profile');
  let device: StartedProcess | undefined;
  let app: BenchApp | undefined;
  try {
    const made = await profileWithDevice(profile, join(dir, 'device'), perSecond);
    device = made.device;
    const opened = await startBenchApp(profile);
    app = opened;
    return await withBrowser(async (browser) => {
      const page = await openWindow(browser);
      const session = await page.context().newCDPSession(page);
      await page.goto(opened.address);
      await page.goto(`${new URL(opened.address).origin}/#/device/${made.id}/logs`);
      await page.getByRole('option').first().waitFor({ timeout: 60_000 });
      await page.waitForTimeout(warmMs);
      const before = await opened.cost();
      const pageBefore = await heapOf(session);
      await session.send('Performance.enable', { timeDomain: 'threadTicks' });
      const began = await opened.cost();
      const pageBegan = await taskMs(session);
      const frames = await framesDuring(page, () => page.waitForTimeout(watchedMs));
      const pageCpuMs = (await taskMs(session)) - pageBegan;
      const after = await opened.cost();
      const pageAfter = await heapOf(session);
      const { shown, lost } = await numbersOf(page);
      return {
        frames,
        pageBefore,
        pageAfter,
        backendBefore: before.heap,
        backendAfter: after.heap,
        cpuMs: after.cpu - began.cpu,
        pageCpuMs,
        shown,
        lost,
      };
    });
  } finally {
    await app?.stop();
    device?.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

/** A profile that knows one device by SSH, with its host key accepted. */
async function profileWithDevice(profileDir: string, dir: string, perSecond: number) {
  const backend = await openBackend({ profileDir, demo: false, version: 'bench' });
  const client = createRouterClient(backend.router as Router);
  const { publicKey } = await client.settings.ownKey();
  const device = await started(['log-process.ts', dir, publicKey, String(perSecond)], /device (\{.*\})/);
  try {
    const { port, fingerprint } = Where.parse(JSON.parse(device.said));
    const ssh = { port, user: '/', auth: { kind: 'own-key' as const } };
    const { id } = await client.fleet.add({ name: 'chatterbox', connection: { host: '127.0.0.1', http: null, ssh } });
    await until(client.device.watch({ id }), ({ summary }) => summary.ways.ssh.kind === 'blocked');
    await client.device.trustHostKey({ id, fingerprint });
    await until(client.device.watch({ id }), ({ summary }) => summary.ways.ssh.kind === 'open');
    return { id, device };
  } catch (error) {
    device.stop();
    throw error;
  } finally {
    await backend.close();
  }
}

async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}

async function taskMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
}

/** Saves what is shown, and looks which of the numbered lines are missing between the first and the last. */
async function numbersOf(page: Page): Promise<{ readonly shown: number; readonly lost: number }> {
  await page.getByRole('button', { name: 'Save to a file' }).click();
  const coming = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /^What is shown/ }).click();
  const text = await readFile(await (await coming).path(), 'utf8');
  const numbers = new Set([...text.matchAll(/#(\d+)$/gm)].map(([, number]) => Number(number)));
  // What was there before anybody looked is only the end of it.
  const live = text.slice(Math.max(0, text.indexOf('heard as it is written')));
  const watched = [...live.matchAll(/#(\d+)$/gm)].map(([, number]) => Number(number));
  // Lines of several files come one file after the other.
  const sorted = watched.sort((a, b) => a - b);
  const first = sorted[Math.min(sorted.length - 1, 3000)] ?? 0;
  const last = sorted.at(-1) ?? 0;
  let lost = 0;
  for (let number = first; number <= last; number += 1) if (!numbers.has(number)) lost += 1;
  return { shown: watched.length, lost };
}
