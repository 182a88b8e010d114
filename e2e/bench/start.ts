import { chromium } from '@playwright/test';
import { startApp } from '../app.ts';
import { findChromium } from '../run/system-programs.mjs';
import { type Figure, median, ms } from './table.ts';

const runs = 5;

/** The browser host from `node` to its address, and a page from the address to the fleet's table; the demo fleet apart. */
export async function measureStart(): Promise<readonly Figure[]> {
  const executablePath = findChromium();
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const host: number[] = [];
    const screen: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const began = performance.now();
      const app = await startApp({});
      const listening = performance.now();
      const page = await browser.newPage();
      await page.goto(app.address);
      await page
        .getByRole('button', { name: /simulated fleet/i })
        .first()
        .waitFor();
      host.push(listening - began);
      screen.push(performance.now() - listening);
      await page.close();
      await app.stop();
    }
    return [
      { what: 'host listens', value: ms(median(host)), note: 'from the start of the process' },
      { what: 'first screen', value: ms(median(screen)), note: 'from opening the address, in a new page' },
    ];
  } finally {
    await browser.close();
  }
}
