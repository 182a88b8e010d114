// Will the device take it? What it would refuse is told while it is typed, posting it all the same takes a second step, and what became
// of a forecast is held against it.
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { look } from './axe.ts';
import { newDraft, openDevice, startDemo } from './steps.ts';

const run = {
  '#spec': 'service-manifest-run@1',
  config: 'lxc.container.conf',
  drivers: { manual: [], optional: [], required: [] },
  group: 'nowhere',
  name: 'grafana',
  'root-volume': 'root.squashfs',
  type: 'lxc',
  volumes: [],
};

test('a state that the device will refuse takes a second step, and mends with one click', async ({ opened: page }) => {
  await startDemo(page);
  await openDevice(page, 'greenhouse-03');
  await expect(page.getByRole('option', { name: /locals\// }).first()).toBeVisible({ timeout: 30_000 });
  await newDraft(page);
  await replaceManifest(page);
  const preflight = page.getByRole('region', { name: /^Preflight/ });
  await expect(preflight.getByRole('heading', { name: 'Will be refused', exact: true })).toBeVisible();
  await expect(preflight).toContainText('There is no group "nowhere": the device refuses the state.');
  await look(page, 'draft with findings');

  await page.getByRole('link', { name: 'Post…' }).click();
  const send = page.getByRole('button', { name: 'Post although it will be refused' });
  const accept = page.getByRole('checkbox', { name: 'Post it although the device will refuse it' });
  await expect(page.getByRole('heading', { name: 'If it fails' })).toBeVisible();
  await expect(send).toBeDisabled();
  await accept.check();
  await expect(send).toBeEnabled();
  await look(page, 'post with a refusal');

  await page
    .getByRole('region', { name: /^Preflight/ })
    .getByRole('button', { name: 'grafana/run.json' })
    .click();
  await page.getByRole('button', { name: 'Leave the group out' }).click();
  await expect(page.getByRole('heading', { name: 'Will be refused', exact: true })).toBeHidden();
  await page.getByRole('link', { name: 'Post…' }).click();
  await expect(page.getByRole('button', { name: 'Post', exact: true })).toBeEnabled();
  await expect(accept).toBeHidden();
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  await expect(page.getByRole('heading', { name: /is a checkpoint/ })).toBeVisible({ timeout: 60_000 });

  await page.getByRole('link', { name: 'All forecasts against what happened' }).click();
  await expect(page.getByText('The one update that could be observed went as forecast.')).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Selected update' })).toContainText('as forecast');
  await look(page, 'forecast against actual');
});

async function replaceManifest(page: Page): Promise<void> {
  await page.getByRole('treeitem', { name: 'run.json' }).nth(1).click();
  await expect(page.getByRole('heading', { name: 'grafana/run.json' })).toBeVisible();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Replace…' }).click();
  await (await chooser).setFiles({ name: 'run.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(run)) });
}
