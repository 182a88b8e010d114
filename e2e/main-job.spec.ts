// The main job, as a person does it: from an empty fleet to an update that ended as forecast, and what becomes of a failure.
import { expect, test } from './app.ts';
import { flipPolicy, newDraft, openDevice, post, startDemo } from './steps.ts';

test.describe('in the simulated fleet', () => {
  test('compare two revisions, flip a policy, read that it reboots and why, post, DONE as forecast', async ({
    opened: page,
    consoleErrors,
  }) => {
    await startDemo(page);
    await openDevice(page, 'greenhouse-03');

    await page.getByRole('option', { name: /locals\/grafana-11/ }).click();
    await page.getByRole('option', { name: /locals\/os-2025-02/ }).click({ modifiers: ['ControlOrMeta'] });
    await page
      .getByRole('button', { name: /^Compare/ })
      .first()
      .click();
    await expect(page.getByText(/Reboots the board\. \d+ of \d+ changes? force/)).toBeVisible();
    await page
      .getByRole('treeitem', { name: /root\.squashfs reboot/ })
      .first()
      .click();
    await page.goBack();

    await newDraft(page);
    await flipPolicy(page, 'grafana', 'system');
    await expect(page.getByText(/Reboots the board\. 1 of 2 changes forces it/)).toBeVisible();
    await expect(page.getByRole('row', { name: /grafana/ }).first()).toContainText('The board reboots once');
    await post(page, 'Grafana restarts with the board');

    await expect(page.getByRole('heading', { name: /grafana-1 runs, and is a checkpoint/ })).toBeVisible({ timeout: 60_000 });
    const verdict = page.getByRole('table', { name: /What was forecast before the update/ });
    await expect(verdict.getByRole('row', { name: /Reboot or not reboot reboot/ })).toContainText('as forecast');
    await expect(verdict.getByRole('row', { name: /Final status and checkpoint DONE DONE/ })).toContainText('as forecast');
    expect(consoleErrors).toEqual([]);
  });

  test('a changed file of one container restarts only that, and ends UPDATED', async ({ opened: page }) => {
    await startDemo(page);
    await openDevice(page, 'greenhouse-03');
    await newDraft(page);
    await page.getByRole('treeitem', { name: /_config\/mosquitto/ }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Replace…' }).click();
    await (await chooser).setFiles({ name: 'mosquitto.conf', mimeType: 'text/plain', buffer: Buffer.from('listener 1884\n') });
    await expect(page.getByText('Restarts mosquitto, no reboot.')).toBeVisible();
    await post(page, 'Broker on another port', 'port-1884');

    await expect(page.getByRole('heading', { name: /locals\/port-1884 runs/ })).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('UPDATED').first()).toBeVisible();
    await page
      .getByRole('link', { name: 'Open timeline' })
      .or(page.getByRole('button', { name: 'Open timeline' }))
      .click();
    await expect(page.getByRole('option', { name: /locals\/port-1884/ })).toContainText('running');
  });

  test('a crash loop ends in ERROR, and the screen says where the device went back to', async ({ opened: page }) => {
    await startDemo(page);
    await openDevice(page, 'line-cam-07');
    await newDraft(page);
    await page
      .getByRole('treeitem', { name: /camera.*root\.squashfs|root\.squashfs/ })
      .first()
      .click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Replace…' }).click();
    await (await chooser).setFiles({
      name: 'root.squashfs',
      mimeType: 'application/octet-stream',
      buffer: Buffer.alloc(50_000, 7),
    });
    await expect(page.getByText(/Restarts camera, no reboot/)).toBeVisible();
    await post(page, 'Camera 2.0', 'camera-2');

    await expect(page.getByRole('heading', { name: /failed/i })).toBeVisible({ timeout: 80_000 });
    await expect(page.getByText(/locals\/threshold/).first()).toBeVisible();
    await expect(page.getByText('ERROR').first()).toBeVisible();
  });

  test('a reload in mid-update loses nothing', async ({ opened: page }) => {
    await startDemo(page);
    await openDevice(page, 'greenhouse-03');
    await newDraft(page);
    await flipPolicy(page, 'nodered', 'system');
    await post(page, 'Node-RED restarts with the board', 'reloaded');
    await page.reload();
    await expect(page.getByText('locals/reloaded').first()).toBeVisible();
    await expect(page.getByRole('heading', { name: /locals\/reloaded runs, and is a checkpoint/ })).toBeVisible({
      timeout: 60_000,
    });
  });
});
