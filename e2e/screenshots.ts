// `npm run screenshots`: walks through the simulated fleet as a person would, and takes a picture of each screen, light and dark.
// Those that README shows go into `assets/screenshots`; `-- --size 1024x700 --out DIR` takes all of them, elsewhere.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { startApp } from './app.ts';
import { ensureChromium } from './run/system-programs.mjs';
import { flipPolicy, newDraft, openDevice, post } from './steps.ts';

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    size: { type: 'string', default: '1440x900' },
  },
});
const [width = 1440, height = 900] = values.size.split('x').map(Number);

const readme = new Set(['fleet-light', 'policies-light', 'compare-dark', 'update-light']);
const out = values.out ?? join(import.meta.dirname, '..', 'assets', 'screenshots');

await mkdir(out, { recursive: true });
const browser = await chromium.launch({
  executablePath: await ensureChromium(),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    const app = await startApp({ timeScale: 0.1 });
    const page = await browser.newPage({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce' });
    const take = async (screen: string) => {
      const name = `${screen}-${colorScheme}`;
      if (values.out === undefined && !readme.has(name)) return;
      await page.mouse.move(0, 0);
      await page.screenshot({ path: join(out, `${name}.png`) });
      console.log(name);
    };
    await page.goto(app.address);
    await walk(page, take).catch(async (error) => {
      await take('failed');
      throw error;
    });
    await page.close();
    await app.stop();
  }
} finally {
  await browser.close();
}

async function walk(page: Page, take: (name: string) => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: /simulated fleet/i }).waitFor();
  await take('empty');
  await page.getByRole('button', { name: 'Add by address' }).click();
  await page.getByRole('button', { name: 'Ports, user and key' }).click();
  await take('add-device');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: /simulated fleet/i }).click();
  await page.getByText('up to date').nth(4).waitFor();
  await page.getByText('not answering').first().waitFor({ timeout: 60_000 });
  await take('fleet');

  await openDevice(page, 'home-hub-attic');
  await page.getByRole('option').nth(3).waitFor();
  await page.getByText('as forecast').first().waitFor();
  await take('timeline');
  await page
    .getByRole('tab', { name: 'Containers' })
    .or(page.getByRole('link', { name: 'Containers' }))
    .click();
  await page.getByRole('row', { name: /homeassistant/ }).waitFor();
  await take('containers');
  await page
    .getByRole('tab', { name: 'State' })
    .or(page.getByRole('link', { name: 'State' }))
    .click();
  await page.getByText('run.json').first().waitFor();
  await take('state');

  await openDevice(page, 'greenhouse-03');
  await page.getByRole('option', { name: /locals\/mqtt-auth/ }).click();
  await page.getByRole('option', { name: /locals\/kernel-cma/ }).waitFor();
  await take('inspector');
  await newDraft(page);
  await flipPolicy(page, 'grafana', 'system');
  await page
    .getByText(/Reboots the board/)
    .first()
    .waitFor();
  await take('policies');
  await page.getByText('Entries', { exact: true }).click();
  await page
    .getByRole('treeitem', { name: /run\.json.*changed/ })
    .first()
    .click();
  await page.locator('.monaco-editor .view-line').first().waitFor();
  await take('draft');
  await page.getByRole('link', { name: 'Compare with its base' }).click();
  await page.locator('.monaco-diff-editor .view-line').first().waitFor();
  await page.locator('[class*=reboot]').first().waitFor();
  await take('compare');
  await page.goBack();
  await page.getByRole('link', { name: 'Post…' }).click();
  await page.getByRole('heading', { name: 'If it fails' }).waitFor();
  await take('post');
  await page.goBack();
  await post(page, 'Grafana restarts with the board, after the database moved');
  await page.getByText('TESTING').first().waitFor({ timeout: 60_000 });
  await take('update-running');
  await page.getByRole('heading', { name: /is a checkpoint/ }).waitFor({ timeout: 60_000 });
  await take('update');

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByText('ecdsa').first().waitFor();
  await take('settings');
  await page.getByRole('link', { name: 'Activity' }).click();
  await page.getByText('posted').first().waitFor();
  await take('activity');
}
