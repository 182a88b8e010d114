// The log of a device as it is written, over SSH: followed, searched, filtered, saved, and beside an update.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, type RunningApp, test } from './app.ts';
import { fillAddDialog, type LocalDevice, openDeviceByRow, ownKey, startLocalDevice } from './local-device.ts';
import { flipPolicy, newDraft, post } from './steps.ts';

test.describe.configure({ mode: 'parallel' });

/** A device that prints so many lines a second, added over SSH, with its log open. */
async function withLog(
  page: Page,
  app: RunningApp,
  logLines: number,
  work: (local: LocalDevice) => Promise<void>,
): Promise<void> {
  const local = await startLocalDevice({ logLines, httpPort: false, authorizedKeys: [await ownKey(page, app)] });
  try {
    const dialog = await fillAddDialog(page, { http: false, ssh: local.device.sshPort ?? false });
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(dialog).toBeHidden();
    await openDeviceByRow(page);
    await page.getByRole('button', { name: 'Accept this key' }).click();
    await expect(page.getByRole('button', { name: 'SSH: open' })).toBeVisible();
    await page.getByRole('tab', { name: 'Logs' }).click();
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
    await work(local);
  } finally {
    await local.close();
  }
}

test('the log of a device is live over SSH: paused, searched, filtered, saved', async ({ opened: page, app }) => {
  await withLog(page, app, 30, async () => {
    const lines = page.getByRole('listbox', { name: 'Log lines' });
    await expect(lines.getByRole('option', { name: /web\/console/ }).first()).toBeVisible();
    await lines.hover();
    await expect.poll(() => lines.evaluate((list) => list.scrollHeight > list.clientHeight + 400)).toBe(true);
    await page.mouse.wheel(0, -200);
    await expect(page.getByRole('button', { name: /^Jump to newest \(\d+ new\)/ })).toBeVisible();
    await expect(page.getByText('Paused', { exact: true })).toBeVisible();
    await page.keyboard.press('Alt+p');
    await expect(page.getByText('Live', { exact: true })).toBeVisible();

    await page.keyboard.press('Control+f');
    await page.keyboard.type('no space left');
    await expect(page.getByText(/^0 of [1-9]\d*$/)).toBeVisible();
    await page.keyboard.press('F3');
    await expect(page.getByText(/^[1-9]\d* of [1-9]\d*$/)).toBeVisible();
    await expect(lines.locator('mark').first()).toHaveText('no space left');
    await page.getByRole('checkbox', { name: 'Only lines with it' }).check();
    await expect(lines.getByRole('option', { name: /answered in/ })).toHaveCount(0);
    const search = page.getByRole('textbox', { name: 'Search the lines' });
    await page.getByRole('button', { name: 'Regular expression' }).click();
    await search.fill('(');
    await expect(page.getByText('This is no regular expression')).toBeVisible();
    await search.fill('sensor/[3] ');
    await expect(lines.getByRole('option', { name: /sensor\/3 temperature/ }).first()).toBeVisible();
    await search.fill('');

    await page.getByRole('button', { name: /^Level:/ }).click();
    await page.getByRole('checkbox', { name: 'ERROR' }).check();
    await page.keyboard.press('Escape');
    await expect(lines.getByRole('option', { name: /INFO/ })).toHaveCount(0);
    await page.getByRole('button', { name: 'Source: all' }).click();
    await page.getByRole('checkbox', { name: 'os', exact: true }).check();
    await page.keyboard.press('Escape');
    await expect(lines.getByRole('option', { name: /web\/console/ })).toHaveCount(0);
    await expect(lines.getByRole('option', { name: /os\/console/ }).first()).toBeVisible();

    await page.getByRole('button', { name: 'Save to a file' }).click();
    const shown = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: /^What is shown \(/ }).click();
    const saved = await readFile(await (await shown).path(), 'utf8');
    expect(saved).toMatch(/no space left on device #\d+/);
    expect(saved).not.toContain('INFO');
    await page.getByRole('button', { name: 'Clear filters' }).click();

    await page.getByRole('button', { name: 'Save to a file' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: /^web\/lxc\/console.log/ }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    expect(text.split('\n')[0]).toMatch(/#\d+$/);
  });
});

test('a device that goes away comes back into its log', async ({ opened: page, app }) => {
  await withLog(page, app, 3, async ({ device }) => {
    device.powerCut({ seconds: 80 });
    await expect(page.getByText(/The device is not answering since/)).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole('option', { name: /the device was away/ })).toBeAttached({ timeout: 40_000 });
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
  });
});

test('the log stands beside an update, is folded away, and leads to the whole of it', async ({
  opened: page,
  app,
  consoleErrors,
}) => {
  await withLog(page, app, 20, async () => {
    await newDraft(page);
    await flipPolicy(page, 'web', 'system');
    await post(page, 'Web restarts with the board', 'web-system');
    const strip = page.getByRole('region', { name: 'Log of the device' });
    await expect(strip).toContainText(/#\d+/, { timeout: 20_000 });
    await strip.getByRole('button', { name: 'Hide the log' }).click();
    await expect(strip).not.toContainText(/#\d+/);
    await strip.getByRole('button', { name: 'Show the log' }).click();
    await expect(page.getByRole('heading', { name: /locals\/web-system runs/ })).toBeVisible({ timeout: 60_000 });
    await expect(strip).toContainText(/#\d+/, { timeout: 20_000 });
    await strip.getByRole('link', { name: 'Open in Logs' }).click();
    await expect(page.getByRole('option', { name: /#\d+/ }).first()).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole('combobox', { name: 'Revision' })).toHaveValue('locals/web-system · running');
    expect(consoleErrors).toEqual([]);
  });
});
