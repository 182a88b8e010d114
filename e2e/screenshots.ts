// `npm run screenshots`: walks through the simulated fleet as a person would, and takes a picture of each screen, light and dark.
// Those that README shows go into `assets/screenshots`; `-- --size 1024x700 --out DIR` takes all of them, elsewhere.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { startApp } from './app.ts';
import { checkoutPictures } from './checkout-pictures.ts';
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

type Take = (name: string) => Promise<void>;

async function walk(page: Page, take: Take): Promise<void> {
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
  await fleetWork(page, take);
  await lookAtDevices(page, take);
  await moveOne(page, take);
  await everywhere(page, take);
  await checkoutPictures(page, take);
}

/** The filter with its completion, several rows marked, the columns' menu, and what is known of the whole fleet. */
async function fleetWork(page: Page, take: Take): Promise<void> {
  const filter = page.getByRole('combobox', { name: 'Filter devices' });
  await filter.fill('status:');
  await page.getByRole('listbox').waitFor();
  await take('fleet-filter');
  await filter.fill('label:site= rev:<x');
  await take('fleet-filter-error');
  await filter.fill('almeria-house');
  for (const name of ['almeria-house-01', 'almeria-house-02'])
    await page.getByRole('checkbox', { name: `Select ${name}` }).check();
  await take('fleet-selection');
  await filter.fill('');
  await page.getByRole('link', { name: 'Policies' }).click();
  await page.getByRole('treegrid').waitFor();
  await take('fleet-policies');
}

/** The tabs of a device, what its log says, a shell, and why another one can't be reached. */
async function lookAtDevices(page: Page, take: Take): Promise<void> {
  await openDevice(page, 'home-hub-attic');
  await page.getByRole('option').nth(3).waitFor();
  await page.getByText('as forecast').first().waitFor();
  await take('timeline');
  await page.getByRole('tab', { name: 'Containers' }).click();
  await page
    .getByRole('row', { name: /homeassistant/ })
    .getByText('homeassistant')
    .click();
  await page.getByRole('complementary', { name: 'Selected container' }).waitFor();
  await take('containers');
  await page.getByRole('tab', { name: 'State' }).click();
  await page.getByText('run.json').first().waitFor();
  await take('state');
  await page.getByRole('tab', { name: 'Logs' }).click();
  await page.getByText('pantavisor').nth(2).waitFor();
  await take('logs');
  await page.getByRole('tab', { name: 'Metadata' }).click();
  await page.getByText('lxcbr0').first().waitFor();
  await take('metadata');
  await page.getByRole('tab', { name: 'Terminal' }).click();
  await page.getByRole('button', { name: 'Host system' }).click();
  await page.locator('.xterm-rows').first().waitFor();
  await page.keyboard.type('ls /\n');
  await take('terminal');
  await page.getByRole('link', { name: 'Fleet' }).first().click();
  await page.getByRole('combobox', { name: 'Filter devices' }).fill('status:not-answering source:lan ');
  await page.getByRole('listbox').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('row').nth(1).getByRole('link').first().click();
  await page
    .getByRole('link', { name: /Why can.t I reach it/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Run again' }).waitFor();
  await take('diagnosis');
}

/** A draft to its end: compared, posted, watched. */
async function moveOne(page: Page, take: Take): Promise<void> {
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
  await page.getByRole('button', { name: 'Find in all entries' }).click();
  await page.getByRole('textbox', { name: 'Find', exact: true }).fill('restart_policy');
  await page.getByText(/ in \d+ entries/).waitFor();
  await take('draft-find');
  await page.getByRole('button', { name: 'Close the search' }).click();
  await page.getByRole('link', { name: 'Compare with its base' }).click();
  await page.locator('.monaco-diff-editor .view-line').first().waitFor();
  await page.locator('[class*=reboot]').first().waitFor();
  await take('compare');
  await page.getByText('Tree', { exact: true }).click();
  await page.getByRole('tree', { name: 'Tree of changes' }).waitFor();
  await take('compare-tree');
  await page.getByText('Text', { exact: true }).click();
  await page.getByRole('link', { name: 'Compare the fleet with it' }).click();
  await page.getByRole('treeitem').or(page.getByRole('row')).nth(2).waitFor({ timeout: 60_000 });
  await take('differences');
  await page.goBack();
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
}

/** The palette, the help sheet, and the screens that belong to no device. */
async function everywhere(page: Page, take: Take): Promise<void> {
  await page.locator('main').focus();
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('dialog').waitFor();
  await take('palette');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator('main').focus();
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await take('help');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByText('ecdsa').first().waitFor();
  await take('settings');
  await page.getByRole('link', { name: 'Activity' }).click();
  await page.getByText('greenhouse-03').first().waitFor();
  await take('activity');
}
