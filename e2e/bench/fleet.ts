import type { Browser, Page } from '@playwright/test';
import { startBenchApp } from './bench-app.ts';
import { type FleetProfile, openFleetProfile } from './fleet-profile.ts';
import { allRows, firstRows, openWindow, withBrowser } from './screen.ts';
import { dragThroughAll, type Frames, type Keystrokes, scrollThroughAll, typeIntoFilter } from './smoothness.ts';
import { type Figure, grown, kb, mb, median, ms, percent, percentile } from './table.ts';

const starts = 7;

interface Measured {
  readonly starts: readonly Start[];
  readonly heapPerDevice: number;
  readonly rss: number;
  readonly keys: Keystrokes;
  readonly wheel: Frames;
  readonly bar: Frames;
}

/** One start of the program on a profile that is there; milliseconds. */
interface Start {
  /** From opening the backend until the first rows could be sent, by the store alone. */
  readonly fromStore: number;
  /** From the page's beginning to its first rows. */
  readonly page: number;
  /** The same in a window that had the program open before. */
  readonly pageAgain: number;
  /** From starting the process to the first rows in a new window. */
  readonly cold: number;
  /** Until the whole fleet was in the table, from the page's beginning. */
  readonly all: number;
  /** Of what the page asked for until then, what belongs to the editor. */
  readonly editor: readonly string[];
}

/** What a large fleet costs: starting, typing, scrolling, memory. Of a profile that was used before, as every day begins. */
export async function measureFleet([small, large]: readonly [number, number]): Promise<readonly Figure[]> {
  return withBrowser(async (browser) => {
    const empty = await heapOfNone();
    const sizes = [
      { size: small, measured: await measureSize(browser, small, empty) },
      { size: large, measured: await measureSize(browser, large, empty) },
    ] as const;
    const figure = (what: string, pick: (of: Measured) => number, unit = ms) => grown(sizes, what, pick, unit);
    const both = (what: string, pick: (of: Start) => number) =>
      [50, 95].map((share) => figure(`${what}, p${share}`, (of) => percentile(of.starts.map(pick), share)));
    const keys = (what: string, pick: (of: Keystrokes) => readonly number[]) =>
      [50, 95].map((share) => figure(`${what}, p${share}`, ({ keys: of }) => percentile(pick(of), share)));
    const scrolled = (what: string, pick: (of: Measured) => Frames) => [
      figure(`${what}: longest frame`, (of) => pick(of).longest),
      figure(`${what}: frames over 50 ms`, (of) => pick(of).slowShare, percent),
      figure(`${what}: longest task`, (of) => pick(of).longestTask),
    ];
    const editor = new Set(sizes.flatMap(({ measured }) => measured.starts.flatMap((start) => start.editor)));
    return [
      ...both('first rows from the store, without a window', (of) => of.fromStore),
      ...both('first rows in a window that had it open', (of) => of.pageAgain),
      ...both('first rows in a new window', (of) => of.page),
      figure('the whole fleet in the table', (of) => median(of.starts.map((start) => start.all))),
      ...both('from starting the program to its first rows', (of) => of.cold),
      ...keys('a key in the filter to the next picture', (of) => of.toPicture),
      ...keys('a key in the filter to its rows', (of) => of.toRows),
      ...scrolled('the wheel flung through all', (of) => of.wheel),
      ...scrolled('the scroll bar pulled through all', (of) => of.bar),
      figure('memory of the backend per device', (of) => of.heapPerDevice, kb),
      figure('memory of the backend in all (RSS)', (of) => of.rss, mb),
      { what: 'of the editor loaded at the start', value: String(editor.size), note: [...editor].join(' ') || 'files' },
    ];
  });
}

async function measureSize(browser: Browser, size: number, empty: number): Promise<Measured> {
  const profile = await openFleetProfile(size);
  try {
    const measured: Start[] = [];
    for (let run = 0; run < starts; run += 1) measured.push(await measureStart(browser, profile));
    const app = await startBenchApp(profile.dir);
    try {
      await app.signIn(profile.hub.said);
      const page = await openWindow(browser);
      await page.goto(app.address);
      await allRows(page, size);
      const keys = await typeIntoFilter(page, ['bench 7', 'status:up', 'zz'], 3);
      await allRows(page, size);
      const wheel = await scrollThroughAll(page, size);
      const bar = await dragThroughAll(page);
      const { heap, rss } = await app.cost();
      await page.context().close();
      return { starts: measured, heapPerDevice: (heap - empty) / size, rss, keys, wheel, bar };
    } finally {
      await app.stop();
    }
  } finally {
    profile.close();
  }
}

async function measureStart(browser: Browser, profile: FleetProfile): Promise<Start> {
  const began = performance.now();
  const app = await startBenchApp(profile.dir);
  const page = await openWindow(browser);
  try {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(app.address);
    await firstRows(page);
    const cold = performance.now() - began;
    const first = await sincePageBegan(page);
    await allRows(page, profile.devices);
    const all = await sincePageBegan(page);
    const editor = asked.filter((path) => /monaco|editor|json\.worker/i.test(path));
    await page.reload();
    await firstRows(page);
    const pageAgain = await sincePageBegan(page);
    const { first: fromStore } = await app.opened();
    return { fromStore, page: first, pageAgain, cold, all, editor };
  } finally {
    await page.context().close();
    await app.stop();
  }
}

/** Milliseconds since the navigation, when a picture with what is there now was drawn. */
function sincePageBegan(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
      }),
  );
}

/** What the backend needs with no device at all; bytes. */
async function heapOfNone(): Promise<number> {
  const profile = await openFleetProfile(0);
  const app = await startBenchApp(profile.dir);
  try {
    return (await app.cost()).heap;
  } finally {
    await app.stop();
    profile.close();
  }
}
