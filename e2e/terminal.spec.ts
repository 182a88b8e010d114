// Shells on a device: on the host and in a container, kept while somebody is elsewhere, pasted into, and opened anew when they end.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { addAndOpen, ownKey, startLocalDevice } from './local-device.ts';

test.describe.configure({ mode: 'parallel' });
test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const host = (page: Page) => page.getByRole('region', { name: 'Terminal: Host system' });

/** Types a line and waits for the answer on the next one. */
async function ask(page: Page, shell: Locator, line: string, answer: string): Promise<void> {
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
  // The rows of a terminal follow each other without a break.
  await expect(shell).toContainText(`${line}${answer}`, { timeout: 15_000 });
}

async function openOnHost(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Terminal', exact: true }).click();
  await page.getByRole('button', { name: 'Host system' }).click();
  await expect(host(page)).toContainText('built-in shell', { timeout: 20_000 });
}

test('two shells stay open while somebody is elsewhere; several lines are asked about; a reboot and a reload end them', async ({
  opened: page,
  app,
  consoleErrors,
}) => {
  const footer = page.getByRole('status');
  const local = await startLocalDevice({ authorizedKeys: [await ownKey(page, app)] });
  try {
    await addAndOpen(page, local);
    await openOnHost(page);
    await ask(page, host(page), 'ls /', 'run');
    await ask(page, host(page), 'echo kept for later', 'kept for later');

    await page.getByRole('button', { name: 'New shell', exact: true }).click();
    await page.getByRole('menuitem', { name: /^web/ }).click();
    const web = page.getByRole('region', { name: 'Terminal: web' });
    await expect(web).toContainText('#', { timeout: 20_000 });
    await ask(page, web, 'hostname', 'web');
    const shells = page.getByRole('tablist', { name: 'Open shells' });
    await expect(shells.getByRole('tab')).toHaveCount(2);

    await page.keyboard.press('Shift+Escape');
    await expect(shells.getByRole('tab', { selected: true })).toBeFocused();
    await page.getByRole('tab', { name: 'Timeline' }).click();
    await expect(page.getByRole('option', { name: /locals\/base/ })).toBeVisible();
    await page.getByRole('tab', { name: 'Terminal', exact: true }).click();
    await expect(web).toContainText('hostnameweb');
    await shells.getByRole('tab').first().click();
    await expect(host(page)).toContainText('kept for later');

    await page.evaluate(() => navigator.clipboard.writeText('echo pasted one\necho pasted two\n'));
    await page.keyboard.press('ControlOrMeta+Shift+V');
    const asked = page.getByRole('dialog', { name: 'Paste 2 lines into the terminal?' });
    await expect(asked).toContainText('echo pasted two');
    await asked.getByRole('button', { name: 'Cancel' }).click();
    await expect(asked).toBeHidden();
    await page.keyboard.press('ControlOrMeta+Shift+V');
    await asked.getByRole('button', { name: 'Paste', exact: true }).click();
    await expect(host(page)).toContainText(/echo pasted onepasted one.*echo pasted twopasted two/);

    await page.keyboard.type('exit 3');
    await page.keyboard.press('Enter');
    await expect(footer.filter({ hasText: /exit code 3/ })).toContainText(
      'The shell ended (exit code 3). Press Enter to open it again.',
    );
    await page.keyboard.press('Enter');
    await expect(footer.filter({ hasText: /The shell ended/ })).toBeHidden({ timeout: 20_000 });
    await ask(page, host(page), 'echo a new one', 'a new one');

    local.device.powerCut({ seconds: 60 });
    await expect(footer.filter({ hasText: 'The device is away. The shell is opened again as soon as it answers.' })).toBeVisible({
      timeout: 30_000,
    });
    await expect(footer.filter({ hasText: 'The device is away.' })).toBeHidden({ timeout: 60_000 });
    await ask(page, host(page), 'echo after the reboot', 'after the reboot');

    await page.reload();
    await openOnHost(page);
    await expect(shells.getByRole('tab')).toHaveCount(1);
    await expect(host(page)).not.toContainText('after the reboot');
    await page.getByRole('button', { name: 'Terminal menu' }).click();
    await page.getByRole('menuitem', { name: 'Close this shell' }).click();
    await expect(page.getByRole('button', { name: 'Host system' })).toBeVisible();
    expect(consoleErrors).toEqual([]);
  } finally {
    await local.close();
  }
});
