import { chromium, type Page } from '@playwright/test';
import { startApp } from '../app.ts';
import { person } from '../local-hub.ts';
import { findChromium } from '../run/system-programs.mjs';
import { started } from './processes.ts';
import { type Figure, ms } from './table.ts';

/** Signing in to the full list, and the first paint of the page when they are known already; at two sizes. */
export async function measureHubFleet(): Promise<readonly Figure[]> {
  const executablePath = findChromium();
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const small = await measureOne(await browser.newPage(), 1000);
    const large = await measureOne(await browser.newPage(), 10_000);
    const figure = (what: string, pick: (from: typeof small) => number): Figure => ({
      what,
      value: ms(pick(large)),
      note: `10,000 devices; ${ms(pick(small))} at 1,000${pick(small) > 0 ? `: × ${(pick(large) / pick(small)).toFixed(1)}` : ''}`,
    });
    return [
      figure('from signing in to all rows', (from) => from.listed),
      figure('page opened anew to its first rows', (from) => from.painted),
      figure('a filter typed to its rows', (from) => from.filtered),
      figure('longest task in the page while a tenth of them changes', (from) => from.longestTask),
    ];
  } finally {
    await browser.close();
  }
}

async function measureOne(page: Page, count: number) {
  const hub = await started(['hub-process.ts', String(count), '0', 'alive'], /hub (\S+)/);
  const app = await startApp({});
  try {
    await page.goto(app.address);
    await page.getByRole('button', { name: 'Sign in to a hub' }).first().click();
    await page.getByRole('radio', { name: /In memory only/ }).check();
    await page.getByRole('button', { name: 'Keep it so' }).click();
    await page.getByRole('textbox', { name: 'Hub address' }).fill(hub.said);
    await page.getByRole('textbox', { name: 'User name or e-mail' }).fill(person.nick);
    await page.getByLabel('Password', { exact: true }).last().fill(person.password);
    const rows = page.getByText(new RegExp(`^${count.toLocaleString('en')} devices|^${count} devices`));
    const listed = await timed(async () => {
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await rows.waitFor({ timeout: 120_000 });
    });
    const painted = await timed(async () => {
      await page.reload();
      await rows.waitFor({ timeout: 120_000 });
    });
    const filtered = await timed(async () => {
      await page.getByRole('combobox', { name: 'Filter devices' }).fill('n-7');
      await page.getByText(/ of /).first().waitFor();
    });
    await page.getByRole('combobox', { name: 'Filter devices' }).fill('');
    await page.evaluate(watchLongTasks);
    await hub.ask(/(asked)/, String(count / 10));
    // Longer than the fleet's own interval, by which the hub is asked what changed.
    await page.waitForTimeout(20_000);
    return { listed, painted, filtered, longestTask: await page.evaluate(() => Number(document.body.dataset.longestTask)) };
  } finally {
    await page.close();
    await app.stop();
    hub.stop();
  }
}

/** Runs in the page. */
function watchLongTasks(): void {
  document.body.dataset.longestTask = '0';
  new PerformanceObserver((list) => {
    const longest = Math.max(Number(document.body.dataset.longestTask), ...list.getEntries().map(({ duration }) => duration));
    document.body.dataset.longestTask = String(longest);
  }).observe({ entryTypes: ['longtask'] });
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
