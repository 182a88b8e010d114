import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, type RunningApp, test } from './app.ts';
import { fillAddDialog, type LocalDevice, openDeviceByRow, ownKey, startLocalDevice } from './local-device.ts';

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
    await page.keyboard.press('F3');
    await expect(page.getByText(/^[1-9]\d* of [1-9]\d*$/)).toBeVisible();
    await expect(lines.locator('mark').first()).toHaveText('no space left');
    await page.getByRole('checkbox', { name: 'Only lines with it' }).check();
    await expect(lines.getByRole('option', { name: /answered in/ })).toHaveCount(0);
    await page.getByRole('textbox', { name: 'Search the lines' }).fill('');

    await page.getByRole('button', { name: /^Level:/ }).click();
    await page.getByRole('checkbox', { name: 'ERROR' }).check();
    await page.keyboard.press('Escape');
    await expect(lines.getByRole('option', { name: /INFO/ })).toHaveCount(0);

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
