// The screens of pvr checkouts, signatures and forecasts against what happened: part of the walk in screenshots.ts.
import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';

type Take = (name: string) => Promise<void>;

const fixtures = join(import.meta.dirname, '..', 'electron', 'checkouts', 'folder', 'fixtures');

/** A checkout with several containers, in which some files were edited, looked at in each of its tabs. */
export async function checkoutPictures(page: Page, take: Take): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'trailboss-pictures-'));
  try {
    await promisify(execFile)('tar', ['xzf', join(fixtures, 'multi-container.tar.gz'), '-C', folder]);
    const checkout = join(folder, 'multi-container');
    const manifest = join(checkout, 'web', 'run.json');
    const text = await readFile(manifest, 'utf8');
    await writeFile(
      manifest,
      text.replace(/"restart_policy": "\w+"/, '"restart_policy": "system"').replace('{', '{ "logs": [null],'),
    );
    await appendFile(join(checkout, 'web', 'lxc.container.conf'), '\nlxc.log.level = debug\n');
    await writeFile(join(checkout, 'notes.txt'), 'for later\n');
    await walk(page, take, checkout);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function walk(page: Page, take: Take, checkout: string): Promise<void> {
  await page.getByRole('link', { name: 'Checkouts' }).first().click();
  await page.getByText('A checkout is a folder').waitFor();
  await take('checkouts-empty');
  await page.getByRole('button', { name: 'Open…' }).click();
  await page.getByRole('combobox', { name: 'Path' }).fill(checkout.slice(0, -4));
  await page.getByRole('option').first().waitFor();
  await take('checkout-open');
  await page.getByRole('combobox', { name: 'Path' }).fill(checkout);
  await page.keyboard.press('Enter');
  await page.getByRole('treeitem', { name: 'web/run.json' }).click();
  await page.getByRole('heading', { level: 2, name: 'web/run.json' }).waitFor();
  await take('checkout-changes');
  await page.getByRole('tab', { name: 'Files' }).click();
  await page.getByRole('textbox', { name: 'Filter files' }).fill('web');
  await page.getByRole('treeitem', { name: 'run.json' }).click();
  await page.locator('.monaco-editor .view-line').first().waitFor();
  await take('checkout-files');
  await page.getByRole('tab', { name: 'Apps' }).click();
  await page.getByRole('row', { name: /web/ }).first().click();
  await take('checkout-apps');
  await page.getByRole('tab', { name: 'Signatures' }).click();
  await page.getByRole('region', { name: 'Signatures' }).or(page.getByText('Nothing here is signed')).first().waitFor();
  await take('checkout-signatures');
  await page.getByRole('tab', { name: 'Remote' }).click();
  await page.getByRole('textbox').first().waitFor();
  await take('checkout-remote');
  await page.getByRole('button', { name: 'Post to a device…' }).click();
  await page.getByRole('dialog').waitFor();
  await take('checkout-post');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'More to do with this checkout' }).click();
  await page.getByRole('menuitem', { name: 'Export…' }).click();
  await page.getByRole('dialog').waitFor();
  await take('checkout-export');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Compare with…' }).click();
  await page.getByRole('button', { name: /^To: / }).waitFor();
  await take('checkout-compare');
  await page.getByRole('link', { name: 'Checkouts' }).first().click();
  await page.getByRole('button', { name: 'Clone…' }).click();
  await page.getByRole('dialog').waitFor();
  await take('checkout-clone');
  await page.keyboard.press('Escape');
  await take('checkouts');
  await page.getByRole('link', { name: 'Activity' }).click();
  await page.getByRole('link', { name: 'Forecast against actual' }).first().click();
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await take('fidelity');
}
