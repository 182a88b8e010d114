import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createRouterClient, type RouterClient } from '@orpc/server';
import { chromium, type Page } from '@playwright/test';
import { z } from 'zod';
import { openBackend } from '../../electron/backend.ts';
import { openAccess } from '../../electron/browser/access.ts';
import { startBrowserHost } from '../../electron/browser/server.ts';
import { rendererFiles } from '../../electron/renderer-files.ts';
import type { Router } from '../../electron/router/index.ts';
import { ended, until } from '../../electron/test-bench.ts';
import type { DeviceId } from '../../shared/contract/ids.ts';
import { findChromium } from '../run/system-programs.mjs';
import { type StartedProcess, started } from './processes.ts';
import { type Figure, mb } from './table.ts';

const deviceCount = 4;
/** Real seconds per device second: much less, and a reboot outruns the reply to the order. */
const timeScale = 0.02;
const hours = 4;
/** A round is one update of every device; after so many the devices collect their garbage. */
const roundsPerCollection = 5;

interface Measured {
  /** Device hours since the start. */
  readonly at: number;
  readonly backend: number;
  readonly page: number;
}

/** Updates one after the other on each device, four hours of device time, with a window that shows them: what memory does meanwhile. */
export async function measureSoak(): Promise<readonly Figure[]> {
  const dir = await mkdtemp(join(tmpdir(), 'trailboss-soak-'));
  const backend = await openBackend({ profileDir: join(dir, 'profile'), demo: false, version: 'bench' });
  const client = createRouterClient(backend.router as Router);
  const access = openAccess(join(dir, 'profile'), Date.now);
  const files = rendererFiles(join(import.meta.dirname, '../../dist/renderer'));
  const host = await startBrowserHost({ backend, files, access, port: 0 });
  const { publicKey } = await client.settings.ownKey();
  const devices = await started(['soak-process.ts', String(deviceCount), String(timeScale), publicKey], /devices (\[.*\])/);
  const executablePath = findChromium();
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const page = await browser.newPage();
    await page.goto(await host.newAddress());
    const ids = await added(client, devices);
    return figures(await soaked(client, ids, devices, page, host.origin));
  } finally {
    await browser.close();
    await host.close();
    await backend.close();
    devices.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

const Ports = z.array(z.object({ httpPort: z.number(), sshPort: z.number() }));

async function added(client: RouterClient<Router>, { said }: StartedProcess): Promise<readonly DeviceId[]> {
  const ids: DeviceId[] = [];
  for (const [index, { httpPort, sshPort }] of Ports.parse(JSON.parse(said)).entries()) {
    const ssh = { port: sshPort, user: '/', auth: { kind: 'own-key' as const } };
    const { id } = await client.fleet.add({
      name: `soak-${index}`,
      connection: { host: '127.0.0.1', http: { port: httpPort }, ssh },
    });
    const { summary } = await until(client.device.watch({ id }), (value) => value.summary.ways.ssh.kind === 'blocked');
    const way = summary.ways.ssh;
    await client.device.trustHostKey({ id, fingerprint: (way.kind === 'blocked' && way.problem.hostKey?.fingerprint) || 'none' });
    await until(client.device.watch({ id }), (value) => value.summary.running?.status !== undefined);
    ids.push(id);
  }
  return ids;
}

async function soaked(
  client: RouterClient<Router>,
  ids: readonly DeviceId[],
  devices: StartedProcess,
  page: Page,
  origin: string,
): Promise<{ readonly updates: number; readonly failed: number; readonly measured: readonly Measured[] }> {
  const measured: Measured[] = [];
  const began = performance.now();
  const hoursNow = () => (performance.now() - began) / 1000 / timeScale / 3600;
  let updates = 0;
  let failed = 0;
  for (let round = 1; hoursNow() < hours; round += 1) {
    const results = await Promise.all(ids.map((id) => updated(client, id, round)));
    updates += results.length;
    failed += results.filter((result) => result !== 'done' && result !== 'updated').length;
    if (round % roundsPerCollection !== 0) continue;
    await devices.ask(/(collected)/);
    const shown = ids[(round / roundsPerCollection) % ids.length];
    if (shown !== undefined) await lookAt(page, origin, shown);
    measured.push({ at: hoursNow(), backend: heapNow(), page: await pageHeap(page) });
  }
  return { updates, failed, measured };
}

/** One entry more or another value, by turns on the container that reboots nothing and on the one that does. */
async function updated(client: RouterClient<Router>, deviceId: DeviceId, round: number): Promise<string> {
  const draft = await client.draft.create({ deviceId, revision: 'current' });
  const key = round % 3 === 0 ? '_config/os/soak.json' : '_config/web/soak.json';
  const { version } = await client.draft.setJson({
    draftId: draft.id,
    version: draft.version,
    key,
    text: JSON.stringify({ round, filler: 'x'.repeat(2000) }),
  });
  const { updateId } = await client.update.post({
    draftId: draft.id,
    version,
    name: `soak-${round}`,
    message: `round ${round}`,
    via: 'lan',
  });
  const view = await until(client.update.watch({ updateId }), ended);
  return view.outcome?.result ?? 'unknown';
}

/** Through the screens that a person has open while devices move. */
async function lookAt(page: Page, origin: string, id: DeviceId): Promise<void> {
  for (const place of [`/device/${id}`, `/device/${id}/containers`, `/device/${id}/state`, '/activity', '/']) {
    await page.goto(`${origin}/#${place}`);
    await page.locator('main').waitFor();
  }
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function heapNow(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

const Usage = z.object({ usedSize: z.number() });

async function pageHeap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = Usage.parse(await session.send('Runtime.getHeapUsage'));
  await session.detach();
  return usedSize;
}

/** The mean of the last quarter against that of the second one: the first is what a program needs to get warm. */
function figures(run: Awaited<ReturnType<typeof soaked>>): readonly Figure[] {
  const { updates, failed, measured } = run;
  const mean = (quarter: number, pick: (one: Measured) => number) => {
    const part = measured.filter(({ at }) => at >= (hours / 4) * (quarter - 1) && at < (hours / 4) * quarter);
    return part.reduce((sum, one) => sum + pick(one), 0) / part.length;
  };
  const figure = (what: string, pick: (one: Measured) => number): Figure => {
    const quarters = [1, 2, 3, 4].map((quarter) => mean(quarter, pick));
    const [, second = Number.NaN, , last = Number.NaN] = quarters;
    return { what, value: `× ${(last / second).toFixed(2)}`, note: `by quarter: ${quarters.map(mb).join(', ')}` };
  };
  return [
    {
      what: 'updates',
      value: String(updates),
      note: `${failed} of them did not end well; ${deviceCount} devices, ${hours} device hours`,
    },
    figure('backend heap, last quarter against second', ({ backend }) => backend),
    figure('page heap, last quarter against second', ({ page }) => page),
  ];
}
