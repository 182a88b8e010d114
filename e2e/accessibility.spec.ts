// Every screen in light and dark by axe's rules, and the main job without a mouse.
import type { Page } from '@playwright/test';
import { expect, type RunningApp, test } from './app.ts';
import { look, lookInBoth } from './axe.ts';
import { tokensOf } from './hub-caller.ts';
import { expectFocusVisible, tabTo } from './keyboard.ts';
import { challengeOf, fillAddDialog, ownKey, startHubDevice } from './local-device.ts';
import { type LocalHub, openSignIn, signIn, signInWith, startLocalHub, stateWithObjects, withHub } from './local-hub.ts';
import { filterBox, flipPolicy, newDraft, openDevice, post, startDemo } from './steps.ts';

// An update is slow enough to be looked at while it runs.
test.use({ appOptions: { timeScale: 0.1 }, contextOptions: { reducedMotion: 'reduce' } });
test.describe.configure({ mode: 'parallel' });

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test(`no screen has a serious fault in ${colorScheme}`, async ({ opened: page }) => {
      // Some two dozen screens in one walk.
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
  await page.getByRole('navigation', { name: 'Sections of the settings' }).getByRole('link', { name: 'Storage' }).click();
  await expect(page.getByRole('button', { name: 'Copy diagnostics' })).toBeInViewport();
  await look(page, 'settings, storage and what follows');
  await page
    .getByRole('contentinfo')
    .getByRole('button', { name: /polls\/min$/ })
    .click();
  await expect(page.getByRole('heading', { name: 'How often devices are asked' })).toBeVisible();
  await look(page, 'polls');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Activity' }).click();
  await expect(page.getByText(/^posted/).first()).toBeVisible();
  await look(page, 'activity');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Search the activity')).toBeVisible();
  await look(page, 'help sheet');
  await page.keyboard.press('Escape');

  await page.getByRole('link', { name: 'Fleet' }).first().click();
  // The filter is as it was left; on the local network there are devices of every condition.
  await filterBox(page).fill('source:lan nonsense: con');
  await expect(page.getByRole('listbox', { name: 'What the filter can look for' })).toBeVisible();
  await expect(page.getByText(/^There is no nonsense: token\./)).toBeVisible();
  await look(page, 'fleet, filter with completions and an error');
  await filterBox(page).fill('source:lan');
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
  await grid.press('Space');
  await grid.press('Shift+ArrowDown');
  await expect(page.getByRole('complementary', { name: 'Selected device' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Selected devices' })).toContainText('2 selected');
  await look(page, 'fleet with inspector and selection');
  await page.getByRole('button', { name: 'Columns' }).click();
  await expect(page.getByRole('list', { name: 'Columns in their order' })).toBeVisible();
  await look(page, 'columns');
}

test('hub accounts: no screen has a serious fault in light or in dark', async ({ opened: page }) => {
  test.setTimeout(180_000);
  await withHub(startLocalHub(2, {}, { off: true }), async (local) => {
    await walkAccounts(page, local);
    const anna = await local.colleague();
    for (const { id } of await tokensOf(anna)) await anna.ask('DELETE', `/tokens/${id}`);
    local.hub.endSessions();
    await page.getByRole('button', { name: /^Ask anna/ }).click();
    await expect(page.getByRole('button', { name: 'Sign in again' }).first()).toBeVisible();
    await lookInBoth(page, 'a session that ended');
  });
});

test('devices on a hub: no screen has a serious fault in light or in dark', async ({ opened: page, app }) => {
  test.setTimeout(180_000);
  await withHub(startLocalHub(1, {}, { off: true, each: { logs: someLines() } }), async (local) => {
    await signIn(page, local.hub.url);
    await walkMetadataAndLogs(page);
    await walkConflict(page, local);
    await walkTwoWays(page, app, local);
  });
});

function someLines() {
  const tsec = Math.floor(Date.now() / 1000) - 60;
  return ['DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'].map((lvl, index) => ({
    ...{ rev: '1', plat: 'web', src: 'lxc/console.log', lvl, msg: `line ${index} of the web server`, tsec: tsec + index },
  }));
}

async function walkAccounts(page: Page, { hub }: LocalHub): Promise<void> {
  await page.getByRole('button', { name: 'Sign in to a hub' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Passphrase', { exact: true })).toBeVisible();
  await dialog.getByLabel('Passphrase', { exact: true }).fill('a door');
  await lookInBoth(page, 'where the token is kept');
  await page.keyboard.press('Escape');
  await openSignIn(page);
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await dialog.getByRole('button', { name: 'The hub has a certificate of its own' }).click();
  await expect(dialog.getByText('Type the password.')).toBeVisible();
  await lookInBoth(page, 'sign-in dialog');
  await dialog.getByRole('textbox', { name: 'Hub address' }).fill(hub.url);
  await dialog.getByText('pvr’s session', { exact: true }).click();
  await expect(dialog.getByRole('button', { name: 'Look for sessions' })).toBeVisible();
  await lookInBoth(page, 'sign-in dialog, pvr');
  await dialog.getByText('Browser', { exact: true }).click();
  await expect(dialog.getByText('A hub answers here; signing in by browser is possible.')).toBeVisible();
  await lookInBoth(page, 'sign-in dialog, browser');
  await dialog.getByText('Password', { exact: true }).first().click();
  await signInWith(dialog, hub.url, 'wrong');
  await expect(dialog.getByRole('alert')).toBeVisible();
  await lookInBoth(page, 'sign-in dialog with a problem');
  await signInWith(dialog, hub.url);
  await expect(page.getByRole('row', { name: /kitchen-1/ })).toBeVisible({ timeout: 15_000 });
  await lookInBoth(page, 'fleet on a hub');

  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('meter', { name: 'Quota: Devices' })).toBeVisible();
  await lookInBoth(page, 'accounts');
  await page.getByRole('button', { name: 'Sign out…' }).click();
  await expect(dialog).toContainText('2 devices known only from this account leave the fleet.');
  await lookInBoth(page, 'signing out');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Claim a device…' }).click();
  await dialog.getByRole('button', { name: 'Claim', exact: true }).click();
  await expect(dialog.getByText('A device id has 24 hex digits.')).toBeVisible();
  await lookInBoth(page, 'claim dialog');
  await page.keyboard.press('Escape');
}

async function walkMetadataAndLogs(page: Page): Promise<void> {
  await openDevice(page, 'kitchen-1');
  await page.getByRole('tab', { name: 'Logs' }).click();
  await page.getByRole('option', { name: /line 3 of the web server/ }).click();
  await lookInBoth(page, 'logs with a line');
  await page.getByRole('button', { name: /^Level:/ }).click();
  await expect(page.getByRole('checkbox', { name: 'ERROR' })).toBeVisible();
  await lookInBoth(page, 'logs, levels');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Metadata' }).click();
  await expect(page.getByRole('region', { name: 'SSH from this computer' })).toBeVisible();
  await lookInBoth(page, 'metadata');
  await page.getByRole('button', { name: 'Add key…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('A key needs a name.')).toBeVisible();
  await lookInBoth(page, 'adding a key');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'More for kitchen-1' }).click();
  await page.getByRole('menuitem', { name: 'Delete on the hub…' }).click();
  await expect(page.getByRole('textbox', { name: 'Type kitchen-1 to delete it' })).toBeVisible();
  await lookInBoth(page, 'deleting on the hub');
  await page.keyboard.press('Escape');
}

/** Somebody else changes the same entry, and is quicker. */
async function walkConflict(page: Page, { hub, ids: [id = ''], post: postAsBen }: LocalHub): Promise<void> {
  await newDraft(page);
  await flipPolicy(page, 'web', 'system');
  await page.getByRole('link', { name: 'Post…' }).click();
  await page.getByRole('textbox', { name: 'Message' }).fill('mine');
  await expect(page.getByText('It becomes 2, after the newest one there:')).toBeVisible();
  const theirs = stateWithObjects((content) => hub.putObject('anna', content)).replace(
    /"restart_policy":"container","root-volume"/,
    '"restart_policy":"container","retries":3,"root-volume"',
  );
  await postAsBen(id, 2, theirs, 'theirs');
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  await expect(page.getByText('ben was quicker: 2 was posted first.')).toBeVisible({ timeout: 20_000 });
  await lookInBoth(page, 'conflict');
  await page.getByRole('button', { name: 'Rebase the draft…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Both changed 1 entry')).toBeVisible();
  await expect(dialog.locator('.monaco-diff-editor .view-line').first()).toBeVisible();
  await lookInBoth(page, 'rebase');
  await dialog.getByRole('button', { name: 'All mine' }).click();
  await dialog.getByRole('button', { name: 'Rebase the draft' }).click();
  await expect(page.getByRole('heading', { name: /^(Post to|Draft of)/ })).toBeVisible();
  await openDevice(page, 'kitchen-1');
  await page.getByRole('option', { name: /theirs/ }).click();
  await expect(page.getByRole('button', { name: 'Cancel revision 2…' })).toBeVisible();
  await lookInBoth(page, 'timeline with a waiting revision');
}

async function walkTwoWays(page: Page, app: RunningApp, { hub, colleague }: LocalHub): Promise<void> {
  const board = await startHubDevice(hub.url, { authorizedKeys: [await ownKey(page, app)] });
  try {
    const { id, challenge } = await challengeOf(board);
    await (await colleague()).ask('PUT', `/devices/${id}?challenge=${challenge}`, { nick: 'workbench' });
    const { httpPort = 0, sshPort = 0 } = board.device;
    const dialog = await fillAddDialog(page, { http: httpPort, ssh: sshPort });
    await dialog.getByRole('button', { name: 'Test', exact: true }).click();
    await dialog.getByRole('checkbox', { name: /accept this host key/ }).check();
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('combobox', { name: 'Filter devices' }).fill('source:both');
    await expect(page.getByRole('row', { name: /workbench/ })).toContainText('LAN + hub', { timeout: 30_000 });
    await openDevice(page, 'workbench');
    await newDraft(page);
    await flipPolicy(page, 'web', 'system');
    await page.getByRole('link', { name: 'Post…' }).click();
    await expect(page.getByText('It becomes 1, after the newest one there:')).toBeVisible();
    await lookInBoth(page, 'post to the hub');
    await page.getByRole('radio', { name: 'Straight to the device' }).check();
    await expect(page.getByText('A local revision takes the device off the hub')).toBeVisible();
    await lookInBoth(page, 'post with two ways');
  } finally {
    await board.close();
  }
}

test('from the empty fleet to a posted update without a mouse, and the focus is always in sight', async ({ opened: page }) => {
  const { keyboard } = page;
  await tabTo(page, page.getByRole('button', { name: /simulated fleet/i }));
  await keyboard.press('Enter');
  await expect(page.getByRole('row').nth(5)).toBeVisible({ timeout: 20_000 });

  // Among some 300 devices a person types what she looks for.
  await tabTo(page, page.getByRole('combobox', { name: 'Filter devices' }));
  await keyboard.type('greenhouse-03');
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
