// The host key of a device: asked for once, remembered, and in the way when it changes. And what a way that is missing would add.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, startApp, test } from './app.ts';
import { fillAddDialog, type LocalDevice, openDeviceByRow, ownKey, startLocalDevice } from './local-device.ts';

test('asked at first contact, remembered over a restart, and a changed one blocks until somebody says why', async ({ page }) => {
  const profile = await mkdtemp(join(tmpdir(), 'trailboss-host-key-'));
  let app = await startApp({ profile });
  let local: LocalDevice | undefined;
  try {
    await page.goto(app.address);
    local = await startLocalDevice({ httpPort: false, authorizedKeys: [await ownKey(page, app)] });
    const first = local.device.hostKeyFingerprint;
    await addOverSsh(page, local);

    const question = page.getByRole('status').filter({ hasText: 'host key' });
    await expect(question).toContainText(`shows a host key that was never seen here: ${first}`);
    await expect(page.getByRole('button', { name: 'SSH: host key not accepted yet' })).toBeVisible();
    await question.getByRole('button', { name: 'Accept this key' }).click();
    await expectWorks(page);
    await expect(page.getByRole('button', { name: 'pvr endpoint: not set up' })).toBeVisible();

    await app.stop();
    local.device.faults.set('changed-host-key');
    const second = local.device.hostKeyFingerprint;
    expect(second).not.toBe(first);
    app = await startApp({ profile });
    await page.goto(app.address);
    await openDeviceByRow(page);
    const alarm = page.getByRole('alert').filter({ hasText: 'host key' });
    await expect(alarm).toContainText(`shows another host key than before: now ${second}, accepted was ${first}`);
    await expect(page.getByRole('button', { name: 'SSH: host key changed' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Accept this key' })).toBeHidden();
    await expect(page.getByText('needs you')).toBeVisible();

    await alarm.getByRole('button', { name: 'The device was flashed anew…' }).click();
    const dialog = page.getByRole('dialog', { name: /^Replace the host key/ });
    await expect(dialog.getByText(first)).toBeVisible();
    await expect(dialog.getByText(second)).toBeVisible();
    const replace = dialog.getByRole('button', { name: 'Replace the accepted key' });
    await expect(replace).toBeDisabled();
    await dialog.getByRole('checkbox', { name: 'I know that this device was flashed anew' }).check();
    await replace.click();
    await expectWorks(page);

    await page.getByRole('link', { name: 'Settings' }).click();
    await expect(page.getByText(second)).toBeVisible();
    await expect(page.getByText(first)).toBeHidden();
  } finally {
    await app.stop();
    await local?.close();
    await rm(profile, { recursive: true, force: true });
  }
});

test('compared in the dialog, accepted there: the device opens without another question', async ({ opened: page, app }) => {
  const local = await startLocalDevice({ httpPort: false, authorizedKeys: [await ownKey(page, app)] });
  try {
    const dialog = await fillAddDialog(page, { http: false, ssh: local.device.sshPort ?? false });
    await dialog.getByRole('button', { name: 'Test', exact: true }).click();
    await expect(dialog.getByText(local.device.hostKeyFingerprint)).toBeVisible();
    await dialog.getByRole('checkbox', { name: /^I compared the fingerprint/ }).check();
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await openDeviceByRow(page);
    await expectWorks(page);
    await page.getByRole('button', { name: 'pvr endpoint: not set up' }).click();
    const hint = page.getByRole('dialog', { name: /pvr endpoint/ });
    await expect(hint.getByText(/The pvr endpoint moves files faster/)).toBeVisible();
    await expect(hint.getByText(/serves it on port 12368 when its configuration opens it/)).toBeVisible();
  } finally {
    await local.close();
  }
});

test('with one way missing the other does what it can, and the screen says what the missing one adds', async ({
  opened: page,
  app,
}) => {
  const key = await ownKey(page, app);
  const local = await startLocalDevice({ authorizedKeys: [key] });
  try {
    const dialog = await fillAddDialog(page, { http: local.device.httpPort ?? false, ssh: false });
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await openDeviceByRow(page);
    await page.getByRole('tab', { name: 'State' }).click();
    await expect(page.getByRole('row', { name: /web\/run\.json/ })).toBeVisible();
    await page.getByRole('tab', { name: 'Containers' }).click();
    await expect(page.getByText(/SSH adds the timeline with how each revision ended, progress/)).toBeVisible();
    await expect(page.getByText(`pvcontrol usrmeta save pvr-sdk.authorized_keys "${key}"`)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Reboot…' })).toBeDisabled();

    await page.getByRole('button', { name: 'Set it up…' }).click();
    const edit = page.getByRole('dialog', { name: /^Edit / });
    await edit.getByRole('button', { name: 'Ports, user and key' }).click();
    await edit.getByRole('checkbox', { name: 'SSH', exact: true }).check();
    await edit.getByRole('textbox', { name: 'SSH: Port' }).fill(String(local.device.sshPort));
    await edit.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Accept this key' }).click();
    await expect(page.getByRole('row', { name: /^web / })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Reboot…' })).toBeEnabled();
  } finally {
    await local.close();
  }
});

async function addOverSsh(page: Page, local: LocalDevice): Promise<void> {
  const dialog = await fillAddDialog(page, { http: false, ssh: local.device.sshPort ?? false });
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await openDeviceByRow(page);
}

/** What only a login gets: the timeline, and the containers as they are. */
async function expectWorks(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'SSH: open' })).toBeVisible();
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await expect(page.getByRole('option', { name: /locals\/base/ })).toContainText('running');
  await page.getByRole('tab', { name: 'Containers' }).click();
  await expect(page.getByRole('row', { name: /^web / })).toBeVisible();
  await page.getByRole('tab', { name: 'Timeline' }).click();
}
