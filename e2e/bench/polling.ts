import type { Browser, Page } from '@playwright/test';
import { z } from 'zod';
import { type BenchApp, startBenchApp } from './bench-app.ts';
import { type FleetProfile, openFleetProfile } from './fleet-profile.ts';
import { allRows, openWindow, setVisible, withBrowser } from './screen.ts';
import { type Figure, grown, percent } from './table.ts';

/** Milliseconds that each state is looked at: several times as long as what is asked rarest in it. */
const windows = { open: 120_000, device: 60_000, hidden: 240_000 } as const;
/** Milliseconds after which what the state before began is over. */
const settle = 20_000;

/** What happened in one state, in an hour. */
interface Rate {
  /** Polls of each device near by. */
  readonly near: number;
  /** Requests to the hub, for all its devices together. */
  readonly hub: number;
  /** The share of one processor that the backend had. */
  readonly cpu: number;
  /** The same of the window. */
  readonly windowCpu: number;
}

interface Measured {
  readonly open: Rate;
  readonly device: Rate;
  readonly hidden: Rate;
}

/** How often devices and hubs are asked with the fleet open, with a device open, and in a window that nobody sees. */
export async function measurePolling([small, large]: readonly [number, number]): Promise<readonly Figure[]> {
  return withBrowser(async (browser) => {
    const sizes = [
      { size: small, measured: await measureSize(browser, small) },
      { size: large, measured: await measureSize(browser, large) },
    ] as const;
    const perHour = (value: number) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} /h`;
    const states = [
      ['the fleet open', 'open'],
      ['a device open', 'device'],
      ['a hidden window', 'hidden'],
    ] as const;
    return states.flatMap(([what, state]) => {
      const figure = (of: string, pick: (rate: Rate) => number, unit: (value: number) => string) =>
        grown(sizes, `${what}: ${of}`, (measured) => pick(measured[state]), unit);
      return [
        figure('polls of each device near by', (rate) => rate.near, perHour),
        figure('requests to the hub, for all its devices', (rate) => rate.hub, perHour),
        figure('processor time of the backend', (rate) => rate.cpu, percent),
        figure('processor time of the window', (rate) => rate.windowCpu, percent),
      ];
    });
  });
}

async function measureSize(browser: Browser, size: number): Promise<Measured> {
  const profile = await openFleetProfile(size);
  const app = await startBenchApp(profile.dir);
  try {
    await app.signIn(profile.hub.said);
    const page = await openWindow(browser);
    await page.goto(app.address);
    await allRows(page, size);
    // The hub's devices are listed anew first, and those near by are asked for the first time.
    await page.waitForTimeout(settle * 2);
    const open = await rateOf(app, profile, page, windows.open);
    await page.getByRole('grid').first().press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'Timeline' }).waitFor();
    const device = await rateOf(app, profile, page, windows.device);
    await setVisible(page, false);
    await page.waitForTimeout(settle);
    const hidden = await rateOf(app, profile, page, windows.hidden);
    return { open, device, hidden };
  } finally {
    await app.stop();
    profile.close();
  }
}

async function rateOf(app: BenchApp, profile: FleetProfile, page: Page, window: number): Promise<Rate> {
  await asked(profile);
  const [before, pageBefore, began] = [(await app.cost()).cpu, await workOf(page), performance.now()];
  await new Promise((resolve) => setTimeout(resolve, window));
  const took = performance.now() - began;
  const [after, pageAfter] = [(await app.cost()).cpu, await workOf(page)];
  const { near, hub } = await asked(profile);
  const hour = 3_600_000 / took;
  return {
    near: (near / profile.overHttp) * hour,
    hub: hub * hour,
    cpu: (after - before) / took,
    windowCpu: (pageAfter - pageBefore) / took,
  };
}

const Routes = z.record(z.string(), z.number());

/** What was asked since this was called last: polls near by over the pvr endpoint, and requests to the hub. */
async function asked({ lan, hub }: FleetProfile): Promise<{ readonly near: number; readonly hub: number }> {
  const near = Number(await lan.ask(/asked (\d+)/));
  const routes = Routes.parse(JSON.parse(await hub.ask(/asked (\{.*\})/)));
  return { near, hub: Object.values(routes).reduce((sum, count) => sum + count, 0) };
}

/** Milliseconds of work of the page itself since it began. */
async function workOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
}
