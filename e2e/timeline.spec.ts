// One device as a person works with it: its timeline, a revision that runs again, its containers, and its metadata.
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { openDevice, startDemo } from './steps.ts';

// Each walks far.
test.describe.configure({ mode: 'parallel', timeout: 150_000 });

const option = (page: Page, name: string) => page.getByRole('option', { name: new RegExp(name) });

test('the timeline is searched, two of it are compared, one is copied as JSON and run again with its forecast', async ({
  opened: page,
  context,
  consoleErrors,
}) => {
  const { keyboard } = page;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await startDemo(page);
  await openDevice(page, 'greenhouse-03');
  const timeline = page.getByRole('listbox', { name: 'Timeline' });
  await expect(timeline.getByRole('option')).toHaveCount(9, { timeout: 20_000 });

  await test.step('searched by message, author and part', async () => {
    const search = page.getByRole('textbox', { name: 'Search revisions' });
    await timeline.focus();
    await keyboard.press('/');
    await expect(search).toBeFocused();
    await keyboard.type('cve-2024');
    await expect(timeline.getByRole('option')).toHaveCount(1);
    await expect(page.getByText('1 of 9 revisions')).toBeVisible();
    await search.fill('nobody wrote this');
    await expect(page.getByText('No revision matches “nobody wrote this”.')).toBeVisible();
    await page.getByRole('button', { name: 'Clear the search' }).last().click();
    await search.fill('marta');
    await expect(timeline.getByRole('option')).toHaveCount(4);
    await search.press('Escape');
    await expect(timeline.getByRole('option')).toHaveCount(9);
  });

  await test.step('two are compared', async () => {
    await option(page, 'locals/mqtt-auth').click();
    await option(page, 'locals/grafana-11').click({ modifiers: ['ControlOrMeta'] });
    await expect(page.getByRole('option', { selected: true })).toHaveCount(2);
    await keyboard.press('c');
    await expect(page).toHaveURL(/compare\?a=locals%2Fmqtt-auth&b=locals%2Fgrafana-11/);
    await expect(page.getByText(/^Reboots the board\.|^Restarts /).first()).toBeVisible({ timeout: 20_000 });
    await page.goBack();
  });

  await test.step('its state is copied, byte for byte', async () => {
    await option(page, 'locals/grafana-11').click();
    const inspector = page.getByRole('complementary', { name: 'Selected revision' });
    await expect(inspector).toContainText('Grafana 11.2.0 (CVE-2024-8118)');
    await expect(inspector.getByRole('link', { name: 'Compare with locals/mqtt-auth' })).toBeVisible();
    await inspector.getByRole('button', { name: 'Copy the state as JSON' }).click();
    await expect(inspector.getByRole('button', { name: 'Copied' })).toBeVisible({ timeout: 20_000 });
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(JSON.parse(copied)).toMatchObject({ '#spec': 'pantavisor-service-system@1' });
    expect(copied).toContain('grafana/root.squashfs');
  });

  await test.step('it runs again, with the forecast before and the verdict after', async () => {
    await page.getByRole('button', { name: 'Run again…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Run locals/grafana-11 again on greenhouse-03?' });
    await expect(dialog.getByText(/^Reboots the board/)).toBeVisible({ timeout: 20_000 });
    await expect(dialog).toContainText('locals/os-2025-02');
    await dialog.getByRole('button', { name: 'Run it' }).click();
    await expect(page).toHaveURL(/\/update\//);
    await expect(page.getByRole('heading', { name: /locals\/grafana-11 runs/ })).toBeVisible({ timeout: 60_000 });
    const verdict = page.getByRole('table', { name: /What was forecast before the update/ });
    await expect(verdict.getByRole('row', { name: /Reboot or not reboot reboot/ })).toContainText('as forecast');
    await page.getByRole('navigation', { name: 'Where you are' }).getByRole('link', { name: 'greenhouse-03' }).click();
    await expect(option(page, 'locals/grafana-11')).toContainText('running');
  });
  expect(consoleErrors).toEqual([]);
});

test('a container is looked into, stopped and started; and the metadata are added to, changed and deleted', async ({
  opened: page,
  consoleErrors,
}) => {
  await startDemo(page);
  await openDevice(page, 'lab-nuc-01');
  await page.getByRole('tab', { name: 'Containers' }).click();
  const grafana = page.getByRole('row', { name: /^grafana/ });
  await expect(grafana).toContainText('STARTED', { timeout: 20_000 });

  await test.step('what a container is made of', async () => {
    await grafana.getByText('grafana', { exact: true }).click();
    const inspector = page.getByRole('complementary', { name: 'Selected container' });
    await expect(inspector).toContainText('container (');
    await expect(inspector.getByRole('region', { name: 'What it is made of' })).toContainText('grafana/root.squashfs');
    await page.getByRole('textbox', { name: 'Filter containers' }).fill('graf');
    await expect(page.getByRole('row', { name: /^mosquitto/ })).toHaveCount(0);
    await page.getByRole('textbox', { name: 'Filter containers' }).fill('');
  });

  await test.step('it stops and starts, and one whose policy is system does neither', async () => {
    const start = page.getByRole('button', { name: 'Start grafana', exact: true });
    const stop = page.getByRole('button', { name: 'Stop grafana' });
    await expect(start).toBeDisabled();
    await stop.click();
    await expect(grafana).toContainText('STOPPED', { timeout: 20_000 });
    await expect(grafana).toContainText('by a person');
    await expect(stop).toBeDisabled();
    await start.click();
    await expect(grafana).toContainText('STARTED', { timeout: 20_000 });
    const restart = page.getByRole('button', { name: 'Restart tailscale' });
    await expect(restart).toBeDisabled();
    await restart.hover();
    await expect(
      page.getByRole('tooltip', {
        name: 'Its restart policy is system: the device does not start or stop it by itself, only by a reboot.',
      }),
    ).toBeVisible();
  });

  await test.step('a key of the metadata comes, changes and goes', async () => {
    await page.getByRole('tab', { name: 'Metadata' }).click();
    const meta = page.getByRole('region', { name: 'User metadata' });
    const dialog = page.getByRole('dialog');
    await meta.getByRole('button', { name: 'Add key…' }).click();
    await dialog.getByRole('textbox', { name: 'Key' }).fill('label.site');
    await expect(dialog.getByText('Labels are set above.')).toBeVisible();
    await dialog.getByRole('textbox', { name: 'Key' }).fill('rack.place');
    await dialog.getByText('JSON', { exact: true }).click();
    await dialog.getByRole('textbox', { name: 'Value' }).fill('{"row": 3');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(dialog.getByText('This is no JSON.')).toBeVisible();
    await dialog.getByRole('textbox', { name: 'Value' }).fill('{"row": 3}');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    const added = meta.getByRole('row', { name: /rack\.place/ });
    await expect(added).toContainText('3', { timeout: 20_000 });

    await meta.getByRole('button', { name: 'Change rack.place…' }).click();
    await dialog.getByText('Text', { exact: true }).click();
    await dialog.getByRole('textbox', { name: 'Value' }).fill('by the window');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(added).toContainText('by the window', { timeout: 20_000 });

    await meta.getByRole('button', { name: 'Delete rack.place…' }).click();
    await expect(dialog).toContainText('Only this key goes. It can’t be undone: copy the value if you may need it.');
    await dialog.getByRole('button', { name: 'Delete the key' }).click();
    await expect(added).toHaveCount(0, { timeout: 20_000 });
  });

  await test.step('a label is what the fleet is filtered by', async () => {
    const labels = page.getByRole('region', { name: 'Labels' });
    await labels.getByRole('textbox', { name: 'Label' }).fill('bench');
    await labels.getByRole('textbox', { name: 'Its value' }).fill('left');
    await page.keyboard.press('Enter');
    await expect(labels.getByRole('listitem').filter({ hasText: 'bench' })).toContainText('left', { timeout: 20_000 });
    await page.getByRole('link', { name: 'Fleet' }).first().click();
    await page.getByRole('combobox', { name: 'Filter devices' }).fill('label:bench=left');
    await expect(page.getByText(/^1 of \d+ devices$/)).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole('row', { name: /lab-nuc-01/ })).toBeVisible();
  });
  expect(consoleErrors).toEqual([]);
});
