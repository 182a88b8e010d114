// Every screen in light and dark by axe's rules, and the main job without a mouse.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { expectFocusVisible, tabTo } from './keyboard.ts';
import { flipPolicy, newDraft, openDevice, post, startDemo } from './steps.ts';

// An update is slow enough to be looked at while it runs.
test.use({ appOptions: { timeScale: 0.1 }, contextOptions: { reducedMotion: 'reduce' } });
test.describe.configure({ mode: 'parallel' });

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test(`no screen has a serious fault in ${colorScheme}`, async ({ opened: page }) => {
      // Nineteen screens in one walk.
      test.setTimeout(180_000);
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
      await walk(page);
    });
  });
}

/** From screen to screen as a person would go, each looked at once it shows what it is for. */
async function walk(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: /simulated fleet/i })).toBeVisible();
  await look(page, 'empty fleet');
  await page.getByRole('button', { name: 'Add by address' }).click();
  await page.getByRole('button', { name: 'Ports, user and key' }).click();
  await expect(page.getByText(/^(ecdsa-sha2-nistp256|ssh-ed25519) /)).toBeVisible();
  await look(page, 'add dialog');
  await page.getByRole('textbox', { name: 'Address' }).fill('127.0.0.1');
  await page.getByRole('textbox', { name: 'pvr endpoint (HTTP): Port' }).fill('9');
  await page.getByRole('textbox', { name: 'SSH: Port' }).fill('9');
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(page.getByRole('alert').first()).toBeVisible();
  await look(page, 'add dialog with problems');
  await page.keyboard.press('Escape');

  await startDemo(page);

  await openDevice(page, 'home-hub-attic');
  await expect(page.getByText('as forecast').first()).toBeVisible();
  await look(page, 'timeline');
  await page.getByRole('tab', { name: 'Containers' }).click();
  await expect(page.getByRole('row', { name: /homeassistant/ })).toBeVisible();
  await look(page, 'containers');
  await page.getByRole('tab', { name: 'State' }).click();
  await page
    .getByRole('row', { name: /run\.json/ })
    .first()
    .click();
  await expect(page.getByRole('complementary', { name: 'Selected entry' })).toBeVisible();
  await look(page, 'state with inspector');

  await openDevice(page, 'greenhouse-03');
  await page.getByRole('option', { name: /locals\/mqtt-auth/ }).click();
  await look(page, 'timeline with inspector');
  await newDraft(page);
  await flipPolicy(page, 'grafana', 'system');
  await expect(page.getByText(/Reboots the board/).first()).toBeVisible();
  await look(page, 'draft, policies');
  await page.getByText('Entries', { exact: true }).click();
  await page
    .getByRole('treeitem', { name: /run\.json.*changed/ })
    .first()
    .click();
  await expect(page.locator('.monaco-editor .view-line').first()).toBeVisible();
  await look(page, 'draft, entries');
  await page.getByRole('link', { name: 'Compare with its base' }).click();
  await expect(page.locator('.monaco-diff-editor .view-line').first()).toBeVisible();
  await look(page, 'compare');
  await page.goBack();
  await page.getByRole('link', { name: 'Post…' }).click();
  await expect(page.getByRole('heading', { name: 'If it fails' })).toBeVisible();
  await look(page, 'post');
  await page.goBack();
  await post(page, 'Grafana restarts with the board');
  await expect(page.getByText('the device is at work')).toBeVisible();
  await look(page, 'update running');
  await expect(page.getByRole('heading', { name: /is a checkpoint/ })).toBeVisible({ timeout: 30_000 });
  await look(page, 'update ended');

  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByText(/^(ecdsa-sha2-nistp256|ssh-ed25519) /).first()).toBeVisible();
  await look(page, 'settings');
  await page.getByRole('link', { name: 'Activity' }).click();
  await expect(page.getByText('posted').first()).toBeVisible();
  await look(page, 'activity');

  await page.getByRole('link', { name: 'Fleet' }).first().click();
  await expect(page.getByText('up to date').nth(4)).toBeVisible();
  await expect(page.getByText('not answering').first()).toBeVisible({ timeout: 30_000 });
  await look(page, 'fleet');
  await page.keyboard.press('ControlOrMeta+K');
  await expect(page.getByRole('textbox', { name: /A device, a screen/ })).toBeFocused();
  await look(page, 'palette');
  await page.keyboard.press('Escape');
  const grid = page.getByRole('grid', { name: 'Devices' });
  await grid.focus();
  await grid.press('ArrowDown');
  await expect(page.getByRole('complementary', { name: 'Selected device' })).toBeVisible();
  await look(page, 'fleet with inspector');
}

/** All faults of a screen that keep people out, in one list; the walk goes on to the next. */
async function look(page: Page, screen: string): Promise<void> {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        (animation) => animation.playState !== 'running' || animation.effect?.getTiming().iterations === Number.POSITIVE_INFINITY,
      ),
  );
  const { violations } = await new AxeBuilder({ page })
    // Monaco's own inside: its lines, margins and hidden text area are its makers' to mend. What surrounds it is looked at.
    .exclude('.monaco-editor')
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const faults = serious.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ''}`));
  expect.soft(faults, screen).toEqual([]);
}

test('from the empty fleet to a posted update without a mouse, and the focus is always in sight', async ({ opened: page }) => {
  const { keyboard } = page;
  await tabTo(page, page.getByRole('button', { name: /simulated fleet/i }));
  await keyboard.press('Enter');
  await expect(page.getByRole('row', { name: /greenhouse-03/ })).toBeVisible({ timeout: 20_000 });

  const devices = page.getByRole('grid', { name: 'Devices' });
  await tabTo(page, devices);
  const wanted = page.getByRole('row', { name: /greenhouse-03/, selected: true });
  await expect(async () => {
    await keyboard.press('ArrowDown');
    await expect(wanted).toBeVisible({ timeout: 100 });
  }).toPass();
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'greenhouse-03' })).toBeVisible();

  const timeline = page.getByRole('listbox', { name: 'Timeline' });
  await expect(timeline.getByRole('option').nth(2)).toBeVisible({ timeout: 20_000 });
  await tabTo(page, timeline);
  await keyboard.press('ArrowDown');
  await keyboard.press('Control+ArrowDown');
  await keyboard.press('Space');
  await expect(page.getByRole('option', { selected: true })).toHaveCount(2);
  await tabTo(
    page,
    page
      .getByRole('button', { name: /^Compare/ })
      .or(page.getByRole('link', { name: /^Compare/ }))
      .first(),
  );
  await keyboard.press('Enter');
  await expect(page).toHaveURL(/compare/);
  const entries = page.getByRole('tree', { name: 'Entries that differ' });
  await expect(entries.getByRole('treeitem').first()).toBeVisible();
  await tabTo(page, entries);
  await keyboard.press('ArrowDown');
  await tabTo(page, page.getByRole('button', { name: 'Back' }), 'backwards');
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'greenhouse-03' })).toBeVisible();

  await keyboard.press('ControlOrMeta+K');
  await expect(page.getByRole('textbox', { name: /A device, a screen/ })).toBeFocused();
  await keyboard.type('New draft');
  await expect(page.getByRole('button', { name: 'New draft' }).last()).toBeVisible();
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /^Draft of/ })).toBeVisible();

  await tabTo(page, page.getByRole('radio', { name: 'Entries' }));
  await keyboard.press('ArrowRight');
  const grafana = page.getByRole('row', { name: /grafana/ }).first();
  await tabTo(page, grafana.getByRole('radio', { checked: true }));
  await expect(async () => {
    await keyboard.press('ArrowRight');
    await expect(grafana.getByRole('radio', { name: 'system' })).toBeChecked({ timeout: 500 });
  }).toPass();
  await expectFocusVisible(page);
  await expect(page.getByText(/Reboots the board\. 1 of 2 changes forces it/)).toBeVisible();

  await tabTo(page, page.getByRole('link', { name: 'Post…' }), 'backwards');
  await keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
  await keyboard.type('Grafana restarts with the board');
  await expect(page.getByRole('textbox', { name: 'Name' })).not.toHaveValue('');
  await tabTo(page, page.getByRole('button', { name: 'Post', exact: true }));
  await keyboard.press('Enter');
  await expect(page).toHaveURL(/\/update\//);
  await expect(page.getByRole('heading', { name: /is a checkpoint/ })).toBeVisible({ timeout: 30_000 });
});
