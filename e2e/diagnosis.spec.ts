// Why can't I reach it? From a closed port and an unknown host key over a login that is refused to a device that is reached, and a
// host key that changed.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { startFaultProxy } from './fault-proxy.ts';
import { fillAddDialog, openDeviceByRow, ownKey, startLocalDevice } from './local-device.ts';

test.describe.configure({ mode: 'parallel' });
test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const way = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const step = (section: Locator, question: string) => section.getByRole('listitem').filter({ hasText: question });
const answered = { timeout: 30_000 };

async function runAgain(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run again' }).click();
}

test('each way is asked step by step, says what fails and why, and what to do about it right there', async ({
  opened: page,
  app,
  consoleErrors,
}) => {
  const key = await ownKey(page, app);
  const closed = await startFaultProxy(0);
  const closedPort = closed.port;
  await closed.close();
  const local = await startLocalDevice({ httpPort: false });
  try {
    const dialog = await fillAddDialog(page, { http: closedPort, ssh: local.device.sshPort ?? false });
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await openDeviceByRow(page);
    await page.getByRole('link', { name: 'Why can’t I reach it?' }).first().click(answered);
    await expect(page.getByRole('heading', { name: 'Why can’t I reach 127.0.0.1?' })).toBeVisible();

    const http = way(page, 'pvr endpoint');
    await expect(step(http, 'The name has an address')).toContainText('fine', answered);
    await expect(step(http, 'The port takes connections')).toContainText('no', answered);
    await expect(step(http, 'It is a pvr endpoint')).toContainText('not asked');
    await expect(step(http, 'The port takes connections').getByRole('button', { name: 'Change the address…' })).toBeVisible();

    const ssh = way(page, 'SSH');
    const first = local.device.hostKeyFingerprint;
    await expect(step(ssh, 'It speaks SSH')).toContainText('fine', answered);
    const hostKey = step(ssh, 'The host key is the accepted one');
    await expect(hostKey).toContainText(first, answered);
    await hostKey.getByRole('button', { name: 'Accept this key' }).click();
    await expect(hostKey).toContainText('fine', answered);
    const login = step(ssh, 'The login is let in');
    await expect(login).toContainText('no', answered);
    await expect(login).toContainText(`pvcontrol usrmeta save pvr-sdk.authorized_keys "${key}"`);
    await expect(step(ssh, 'Pantavisor answers (pv-ctrl)')).toContainText('not asked');
    const summary = page.getByRole('status').filter({ hasText: 'Over SSH' });
    await expect(summary).toContainText('it refuses the key', answered);

    await page.getByRole('button', { name: 'Copy report' }).click();
    await expect(page.getByText('The report is on the clipboard.')).toBeVisible();
    const report = await page.evaluate(() => navigator.clipboard.readText());
    expect(report).toContain('Diagnosis of 127.0.0.1');
    expect(report).toContain('The login is let in');
    expect(report).toContain(first);

    await local.restart({ authorizedKeys: [key] });
    await runAgain(page);
    await expect(login).toContainText('fine', answered);
    await expect(step(ssh, 'Pantavisor answers (pv-ctrl)')).toContainText('fine', answered);
    await expect(step(ssh, 'The device’s clock is right')).toContainText('fine', answered);
    await expect(page.getByText(/It is reached over SSH\./)).toBeVisible(answered);

    local.device.faults.set('changed-host-key');
    const second = local.device.hostKeyFingerprint;
    await runAgain(page);
    await expect(hostKey).toContainText(second, answered);
    await expect(hostKey).toContainText(first);
    await expect(hostKey.getByRole('button', { name: 'Accept this key' })).toBeHidden();
    await hostKey.getByRole('button', { name: 'The device was flashed anew…' }).click();
    const replace = page.getByRole('dialog', { name: /^Replace the host key/ });
    await replace.getByRole('checkbox', { name: 'I know that this device was flashed anew' }).check();
    await replace.getByRole('button', { name: 'Replace the accepted key' }).click();
    await expect(hostKey).toContainText('fine', answered);
    await expect(step(ssh, 'Pantavisor answers (pv-ctrl)')).toContainText('fine', answered);

    await page.getByRole('link', { name: 'To the device' }).click();
    await expect(page.getByRole('button', { name: 'SSH: open' })).toBeVisible(answered);
    expect(consoleErrors).toEqual([]);
  } finally {
    await local.close();
  }
});
