// One device that is on the local network and on a hub: one row, two ways to post, and the way back to the hub.
import { expect, test } from './app.ts';
import { challengeOf, fillAddDialog, ownKey, startHubDevice } from './local-device.ts';
import { signIn, startLocalHub, withHub } from './local-hub.ts';
import { flipPolicy, newDraft } from './steps.ts';

test('one row; a local post says that it leaves the hub, and the device is sent back to it afterwards', async ({
  opened: page,
  app,
}) => {
  await withHub(startLocalHub(1), async ({ hub, colleague }) => {
    const key = await ownKey(page, app);
    const board = await startHubDevice(hub.url, { authorizedKeys: [key] });
    try {
      const { id, challenge } = await challengeOf(board);
      await (await colleague()).ask('PUT', `/devices/${id}?challenge=${challenge}`, { nick: 'workbench' });
      await expect.poll(() => board.device.hub()?.state, { timeout: 15_000 }).toBe('idle');
      const { httpPort = 0, sshPort = 0 } = board.device;

      const dialog = await fillAddDialog(page, { http: httpPort, ssh: sshPort });
      await dialog.getByRole('button', { name: 'Test', exact: true }).click();
      await dialog.getByRole('checkbox', { name: /accept this host key/ }).check();
      await dialog.getByRole('button', { name: 'Add', exact: true }).click();
      await expect(page.getByRole('row', { name: /127\.0\.0\.1/ })).toContainText('LAN');
      await signIn(page, hub.url);
      const row = page.getByRole('row', { name: /workbench/ });
      await expect(row).toContainText('LAN + hub', { timeout: 30_000 });
      await expect(page.getByText('2 devices', { exact: true })).toBeVisible();
      await row.getByRole('link').click();
      await expect(page.getByRole('heading', { name: 'workbench' })).toBeVisible();

      await newDraft(page);
      await flipPolicy(page, 'web', 'system');
      await page.getByRole('link', { name: 'Post…' }).click();
      const way = page.getByRole('radiogroup', { name: 'Which way' });
      await expect(way.getByRole('radio', { name: 'To its hub' })).toBeChecked();
      await expect(page.getByText('Suggested: to its hub, because the draft follows a revision from there.')).toBeVisible();
      await expect(way).toContainText('The device takes it when it asks the hub next.');
      await expect(way).toContainText('Over the local network. The device takes it at once, under a name of your own.');
      await expect(page.getByText('It becomes 1, after the newest one there:')).toBeVisible();
      const leaves = page.getByRole('note').filter({ hasText: 'A local revision takes the device off the hub' });
      await expect(leaves).toHaveCount(0);
      await way.getByRole('radio', { name: 'Straight to the device' }).check();
      await expect(leaves).toContainText('asks the hub for nothing until it goes remote again');
      await page.getByRole('textbox', { name: 'Message' }).fill('tried at the bench');
      await page.getByRole('textbox', { name: 'Name' }).fill('bench');
      await page.getByRole('button', { name: 'Post', exact: true }).click();

      await expect(page.getByRole('heading', { name: /^locals\/bench runs/ })).toBeVisible({ timeout: 40_000 });
      await expect(page.getByText('workbench runs a local revision now and is off its hub')).toBeVisible({ timeout: 15_000 });
      expect(board.device.hub()?.mode).toBe('local');
      await page.getByRole('button', { name: 'Go remote…' }).click();
      const back = page.getByRole('dialog', { name: 'Let workbench follow its hub again?' });
      await back.getByRole('button', { name: 'Go remote', exact: true }).click();
      await expect(page.getByText('workbench was told to follow its hub again.')).toBeVisible({ timeout: 15_000 });
      await expect.poll(() => board.device.hub()?.mode, { timeout: 30_000 }).toBe('remote');
      await page.getByRole('link', { name: 'workbench' }).first().click();
      await expect(page.getByText('off the hub')).toBeHidden({ timeout: 20_000 });

      await newDraft(page);
      await flipPolicy(page, 'web', 'inherit');
      await page.getByRole('link', { name: 'Post…' }).click();
      await way.getByRole('radio', { name: 'To its hub' }).check();
      await page.getByRole('textbox', { name: 'Message' }).fill('for everybody');
      await page.getByRole('button', { name: 'Post', exact: true }).click();
      await expect(page.getByRole('heading', { name: /^1 runs/ })).toBeVisible({ timeout: 40_000 });
    } finally {
      await board.close();
    }
  });
});
