// pvr checkouts as a person works with them: one is opened, edited by another program and seen live with its forecast, committed, edited
// here against somebody else's edit, and compared; its state goes to a device, and a device's into a new checkout.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { test as base, expect } from './app.ts';
import { lookInBoth } from './axe.ts';
import { startDemo } from './steps.ts';

const fixtures = join(import.meta.dirname, '..', 'electron', 'checkouts', 'folder', 'fixtures');

/** A folder with a checkout that the real pvr made, in which four files were edited since. */
const test = base.extend<{ folder: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are wanted from this pattern.
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'trailboss-checkouts-'));
    await promisify(execFile)('tar', ['xzf', join(fixtures, 'modified-json.tar.gz'), '-C', folder]);
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
});

test.describe.configure({ mode: 'parallel', timeout: 150_000 });

const change = (page: Page, path: string) => page.getByRole('treeitem', { name: path });

async function openCheckout(page: Page, path: string, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Checkouts' }).first().click();
  await page.getByRole('button', { name: 'Open…' }).click();
  await page.getByRole('combobox', { name: 'Path' }).fill(path);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible({ timeout: 20_000 });
}

test('a checkout is seen while another program edits it, committed with its forecast, and compared', async ({
  opened: page,
  folder,
  consoleErrors,
}) => {
  const { keyboard } = page;
  const checkout = join(folder, 'modified-json');

  await test.step('found by completing its path', async () => {
    await keyboard.press('g');
    await keyboard.press('c');
    await expect(page.getByText('A checkout is a folder')).toBeVisible();
    await page.getByRole('button', { name: 'Open…' }).click();
    const path = page.getByRole('combobox', { name: 'Path' });
    await path.fill(`${folder}/mod`);
    await expect(page.getByRole('option', { name: /modified-json/ })).toContainText('checkout');
    await keyboard.press('Tab');
    await expect(path).toHaveValue(checkout);
    await keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'modified-json' })).toBeVisible({ timeout: 20_000 });
  });

  await test.step('what changed, and what it will do', async () => {
    await expect(page.getByText('4 changes', { exact: true })).toBeVisible();
    await expect(page.getByText(/^Reboots the board\./)).toContainText('num.json');
    await change(page, 'nginx/run.json').click();
    await expect(page.getByRole('heading', { level: 2, name: 'nginx/run.json' })).toBeVisible();
    await lookInBoth(page, 'changes of a checkout');
  });

  await test.step('another program writes into it, and the selection stays', async () => {
    await writeFile(join(checkout, 'num.json'), '{ "broken": ');
    await writeFile(join(checkout, 'notes.txt'), 'by hand\n');
    await expect(change(page, 'notes.txt')).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText(/num\.json can’t be read as JSON/)).toBeVisible();
    await expect(page.getByRole('treeitem', { selected: true })).toContainText('nginx/run.json');
    await expect(page.getByRole('button', { name: /^Commit 4/ })).toHaveAttribute('aria-disabled', 'true');
  });

  await test.step('one file is reset and brought back, one is removed, one is added', async () => {
    await change(page, 'num.json').click();
    await keyboard.press('r');
    await expect(page.getByText('1 file reset')).toBeVisible({ timeout: 20_000 });
    await expect(change(page, 'num.json')).toBeHidden({ timeout: 20_000 });
    await change(page, 'notes.txt').click();
    await keyboard.press('a');
    await expect(page.getByText('notes.txt added')).toBeVisible();
    await expect(page.getByRole('treeitem', { name: /^Added/ })).toBeVisible({ timeout: 20_000 });
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect(page.getByRole('treeitem', { name: /^Not tracked/ })).toBeVisible({ timeout: 20_000 });
    await page.getByRole('tree').focus();
    await keyboard.press('a');
    await expect(page.getByRole('treeitem', { name: /^Added/ })).toBeVisible({ timeout: 20_000 });
  });

  await test.step('committed by the keyboard', async () => {
    await page.getByRole('tree').focus();
    await keyboard.press('m');
    await keyboard.type('Another port');
    await keyboard.press('ControlOrMeta+Enter');
    await expect(page.getByText(/^Committed /)).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText('clean', { exact: true })).toBeVisible({ timeout: 20_000 });
    const state = await readFile(join(checkout, '.pvr', 'json'), 'utf8');
    expect(state).toContain('"notes.txt":"');
    expect(await readFile(join(checkout, '.pvr', 'commitmsg'), 'utf8')).toBe('Another port');
  });

  await test.step('edited here while somebody else writes: both are shown, and mine is kept', async () => {
    await page.getByRole('tab', { name: 'Files' }).click();
    await change(page, 'notes.txt').click();
    await page.locator('.monaco-editor').first().click();
    await keyboard.press('ControlOrMeta+End');
    await keyboard.type('and here');
    await expect(page.getByText('Not saved.')).toBeVisible();
    await writeFile(join(checkout, 'notes.txt'), 'by others\n');
    await expect(page.getByText('This file was changed outside while you edited it.')).toBeVisible({ timeout: 20_000 });
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await expect.poll(() => readFile(join(checkout, 'notes.txt'), 'utf8'), { timeout: 20_000 }).toBe('by hand\nand here');
  });

  await test.step('the commit and the working tree are compared, without a device', async () => {
    await page.getByRole('link', { name: 'Compare with…' }).click();
    await expect(page).toHaveURL(/checkout%3A.*commit.*checkout%3A.*working/);
    await expect(page.getByText(/^Reboots the board\./)).toContainText('notes.txt', { timeout: 20_000 });
    await expect(page.getByRole('button', { name: /^To: / })).toContainText('working tree');
    await lookInBoth(page, 'comparison of a checkout');
  });
  expect(consoleErrors).toEqual([]);
});

test('a device is cloned into a checkout, and a checkout goes to a device as a draft', async ({ opened: page, folder }) => {
  await startDemo(page);
  await test.step('cloned from its row', async () => {
    await page.getByRole('row', { name: /greenhouse-03/ }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Clone into a checkout…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Clone into a checkout' });
    await dialog.getByRole('button', { name: 'Choose…' }).click();
    await expect(page.getByRole('dialog', { name: 'Choose where to clone to' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(1);
    await dialog.getByRole('textbox', { name: 'Into the folder' }).fill(join(folder, 'greenhouse'));
    await dialog.getByRole('button', { name: 'Clone', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'greenhouse' })).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('clean', { exact: true })).toBeVisible({ timeout: 20_000 });
    const state = await readFile(join(folder, 'greenhouse', '.pvr', 'json'), 'utf8');
    expect(state).toContain('grafana/run.json');
  });
  await test.step('another one is posted', async () => {
    await openCheckout(page, join(folder, 'modified-json'), 'modified-json');
    await page.getByRole('button', { name: 'Post to a device…' }).click();
    const device = page.getByRole('combobox', { name: 'Device' });
    await device.fill('greenhouse-03');
    await page.getByRole('option', { name: /greenhouse-03/ }).click();
    await page.getByRole('button', { name: 'Go on to the draft' }).click();
    await expect(page.getByRole('heading', { name: 'Post to greenhouse-03' })).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText(/^Reboots the board\./).first()).toBeVisible({ timeout: 20_000 });
  });
});
