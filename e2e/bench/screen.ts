import { type Browser, chromium, type Page } from '@playwright/test';
import { findChromium } from '../run/system-programs.mjs';

/** A browser as a person's, for a while. */
export async function withBrowser<Result>(work: (browser: Browser) => Promise<Result>): Promise<Result> {
  const executablePath = findChromium();
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

/** Milliseconds: a machine that measures may be busy. */
const patience = 120_000;

/** A new window of its own, as large as a desktop's. */
export async function openWindow(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  return page;
}

/** The table has rows. */
export async function firstRows(page: Page): Promise<void> {
  await page.getByRole('row').nth(1).waitFor();
}

/** The fleet's table holds so many rows. */
export async function allRows(page: Page, count: number): Promise<void> {
  await page.locator(`[role=grid][aria-rowcount="${count + 1}"]`).waitFor();
}

/** Tells the page that nobody can see it, as a browser does of a hidden window; and that somebody can again. */
export async function setVisible(page: Page, visible: boolean): Promise<void> {
  await page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => state === 'hidden' });
      document.dispatchEvent(new Event('visibilitychange'));
    },
    visible ? 'visible' : 'hidden',
  );
}
