// What is around every screen: the palette, the keys and their sheet, the way back, links, the status bar, the activity and the settings.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { filterBox, openDevice, startDemo } from './steps.ts';

// Each walks far.
test.describe.configure({ mode: 'parallel', timeout: 150_000 });

const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });
const searchInPalette = (page: Page) => page.getByRole('textbox', { name: /A device, a screen/ });
const notice = (page: Page) => page.getByRole('alert');

async function choosePaletteLine(page: Page, typed: string, line: RegExp): Promise<void> {
  await page.keyboard.press('ControlOrMeta+K');
  await expect(searchInPalette(page)).toBeFocused();
  await page.keyboard.type(typed);
  await expect(page.getByRole('dialog').getByRole('button', { name: line }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(searchInPalette(page)).toBeHidden();
}

test('palette, keys, the way back and forward, a link that somebody else opens, and the dark theme', async ({
  opened: page,
  context,
  consoleErrors,
}) => {
  const { keyboard } = page;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await startDemo(page);
  const back = page.getByRole('button', { name: 'Back', exact: true });
  const forward = page.getByRole('button', { name: 'Forward', exact: true });
  await expect(back).toBeDisabled();
  await expect(forward).toBeDisabled();

  await test.step('the palette finds a device by some letters, does what is asked, and knows where one was', async () => {
    await choosePaletteLine(page, 'hhattic', /^home-hub-attic/);
    await expect(heading(page, 'home-hub-attic')).toBeVisible();
    await choosePaletteLine(page, '@lab-nuc', /^lab-nuc-01/);
    await expect(heading(page, 'lab-nuc-01')).toBeVisible();
    await choosePaletteLine(page, '>dark', /^Dark theme/);
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
    await keyboard.press('ControlOrMeta+K');
    await expect(page.getByRole('dialog')).toMatchAriaSnapshot(`
      - dialog:
        - text: Recent
        - button "home-hub-attic"
    `);
    await keyboard.type('>no such deed');
    await expect(page.getByText('No action of that name')).toBeVisible();
    await keyboard.press('Escape');
    await expect(searchInPalette(page)).toBeHidden();
  });

  await test.step('the sheet lists the keys of the screen, and they go', async () => {
    await keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await expect(sheet.getByRole('region', { name: 'Timeline' })).toContainText('Search revisions');
    await expect(sheet.getByRole('region', { name: 'Everywhere' })).toContainText('Go to the restart policies');
    await sheet.getByRole('textbox', { name: 'Search a shortcut' }).fill('restart policies');
    await expect(sheet.getByRole('region', { name: 'Timeline' })).toHaveCount(0);
    await expect(sheet.getByRole('term')).toHaveText(['Go to the restart policies']);
    await keyboard.press('Escape');
    await expect(sheet).toBeHidden();
    await keyboard.press('g');
    await keyboard.press('p');
    await expect(page).toHaveURL(/#\/policies/);
    await expect(page.getByRole('link', { name: 'Policies' })).toHaveAttribute('aria-current', 'page');
    await keyboard.press('?');
    await expect(sheet.getByRole('region', { name: 'Timeline' })).toHaveCount(0);
    await keyboard.press('Escape');
    await expect(sheet).toBeHidden();
  });

  await test.step('back, forward, and the list of where one was', async () => {
    await back.click();
    await expect(heading(page, 'lab-nuc-01')).toBeVisible();
    await expect(forward).toBeEnabled();
    await forward.click();
    await expect(page).toHaveURL(/#\/policies/);
    await expect(forward).toBeDisabled();
    await keyboard.press('Alt+ArrowLeft');
    await expect(heading(page, 'lab-nuc-01')).toBeVisible();
    await back.click({ button: 'right' });
    const list = page.getByRole('menu', { name: 'Back' });
    await expect(list.getByRole('menuitem').first()).toContainText('home-hub-attic');
    await list.getByRole('menuitem').first().click();
    await expect(heading(page, 'home-hub-attic')).toBeVisible();
    await page.reload();
    await expect(heading(page, 'home-hub-attic')).toBeVisible({ timeout: 20_000 });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
    await expect(forward).toBeEnabled();
    await expect(back).toBeEnabled();
  });

  await test.step('a link is copied and opens the same screen elsewhere, which says so when the device is removed', async () => {
    await page.getByRole('button', { name: 'Copy link to this screen' }).click();
    await expect(notice(page).filter({ hasText: 'Copied http://127.0.0.1' })).toBeVisible();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(page.url());
    const other = await context.newPage();
    await other.goto(link);
    await expect(heading(other, 'home-hub-attic')).toBeVisible({ timeout: 20_000 });
    await other.getByRole('tab', { name: 'Logs' }).click();
    await page.getByRole('button', { name: 'More for home-hub-attic' }).click();
    await page.getByRole('menuitem', { name: 'Remove…' }).click();
    await page.getByRole('dialog', { name: 'Remove home-hub-attic?' }).getByRole('button', { name: 'Remove' }).click();
    await expect(page).toHaveURL(/#\/(\?|$)/);
    await expect(other.getByText(/^This device is not in the fleet\. It was removed/)).toBeVisible({ timeout: 20_000 });
    await other.getByRole('link', { name: 'To the fleet' }).click();
    await filterBox(other).fill('home-hub-attic');
    await expect(other.getByText('No device matches “home-hub-attic”.')).toBeVisible({ timeout: 20_000 });
    await other.close();
  });
  expect(consoleErrors).toEqual([]);
});

test.describe('while an update takes its time', () => {
  // Long enough to be looked at on its way.
  test.use({ appOptions: { timeScale: 0.1 } });
  test('an update is one line of the activity from its beginning to its end; it is filtered, exported and leads back', async ({
    opened: page,
    consoleErrors,
  }) => {
    await startDemo(page);
    await openDevice(page, 'greenhouse-03');
    await page.getByRole('option', { name: /locals\/grafana-11/ }).click({ timeout: 20_000 });
    await page.getByRole('button', { name: 'Run again…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Run it' }).click();
    await expect(page).toHaveURL(/\/update\//);

    const work = page.getByRole('contentinfo').getByRole('button', { name: /greenhouse-03|locals\/grafana-11/ });
    await test.step('the status bar shows it while it goes on, and leads to it', async () => {
      await expect(work).toBeVisible({ timeout: 20_000 });
      await work.click();
      const popover = page.getByRole('dialog').filter({ hasText: 'grafana-11' });
      await expect(popover.getByRole('link')).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(popover).toBeHidden();
      await page.getByRole('link', { name: 'Activity' }).click();
    });

    const list = page.getByRole('grid', { name: 'What was done from here' });
    const line = list.getByRole('row', { name: /greenhouse-03.*ran locals\/grafana-11/ });
    await test.step('one line, whose result follows', async () => {
      await expect(line).toHaveCount(1);
      await expect(line).toContainText(/took .*done/, { timeout: 60_000 });
      await expect(line).toHaveCount(1);
      await expect(work).toHaveCount(0);
    });

    await test.step('filtered', async () => {
      await expect(list.getByRole('row', { name: /signed in|started|added/ }).first()).toBeVisible();
      const filters = page.getByRole('search', { name: 'Filters' });
      await page.keyboard.press('/');
      await expect(filters.getByRole('textbox', { name: /Search what was done/ })).toBeFocused();
      await page.keyboard.type('grafana-11');
      await expect(page.getByText('1 entry', { exact: true })).toBeVisible();
      await filters.getByRole('combobox', { name: 'Result' }).click();
      await page.getByRole('option', { name: 'failed' }).click();
      await expect(page.getByText('Nothing that was done fits these filters.')).toBeVisible();
      await page.getByRole('button', { name: 'Clear the filters' }).last().click();
      await filters.getByRole('combobox', { name: 'Kind' }).click();
      await page.getByRole('option', { name: 'Updates' }).click();
      await expect(page.getByText('1 entry', { exact: true })).toBeVisible();
    });

    await test.step('exported', async () => {
      for (const [entry, file, holds] of [
        ['Export as CSV', 'trailboss-activity.csv', /greenhouse-03,update,ran locals\/grafana-11,locals\/grafana-11,ok/],
        ['Export as JSON', 'trailboss-activity.json', /"what": "ran locals\/grafana-11"/],
      ] as const) {
        await page.getByRole('button', { name: 'Export' }).click();
        const download = page.waitForEvent('download');
        await page.getByRole('menuitem', { name: entry }).click();
        const saved = await download;
        expect(saved.suggestedFilename()).toBe(file);
        expect(await readFile(await saved.path(), 'utf8')).toMatch(holds);
        await expect(notice(page).filter({ hasText: `1 entry saved as ${file}` })).toBeVisible();
      }
    });

    await list.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: /locals\/grafana-11 runs/ })).toBeVisible();
    expect(consoleErrors).toEqual([]);
  });
});

test('settings: a known host is forgotten and brought back, notifications, where things are, and how often is asked', async ({
  opened: page,
  context,
  app,
  consoleErrors,
}) => {
  await context.grantPermissions(['notifications', 'clipboard-read', 'clipboard-write']);
  await startDemo(page);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Settings' }).click();
  const sections = page.getByRole('navigation', { name: 'Sections of the settings' });

  await test.step('known hosts', async () => {
    await sections.getByRole('link', { name: 'Known hosts' }).click();
    await expect(sections.getByRole('link', { name: 'Known hosts' })).toHaveAttribute('aria-current', 'true');
    const hosts = page.getByRole('grid', { name: 'Accepted host keys' });
    const forget = hosts.getByRole('button', { name: /^Forget / }).first();
    await expect(forget).toBeVisible({ timeout: 20_000 });
    const label = (await forget.getAttribute('aria-label')) ?? '';
    const host = label.replace('Forget ', '');
    await forget.click();
    await expect(page.getByText(`Forgot the host key of ${host}`)).toBeVisible();
    await expect(hosts.getByRole('button', { name: label })).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(hosts.getByRole('button', { name: label })).toBeVisible();
    await page.getByRole('textbox', { name: 'Search an address or a key' }).fill(host);
    await expect(hosts.getByRole('row')).toHaveCount(2);
    await page.getByRole('textbox', { name: 'Search an address or a key' }).fill('no such host');
    await expect(page.getByText('No known host fits.')).toBeVisible();
  });

  await test.step('notifications and theme', async () => {
    await sections.getByRole('link', { name: 'General' }).click();
    await expect(page.getByText('This computer lets Trailboss notify you.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Show one' })).toBeVisible();
    await expect(page.getByRole('radio', { name: 'While I am elsewhere' })).toBeChecked();
    await page.getByText('Always', { exact: true }).click();
    await page.getByText('Dark', { exact: true }).click();
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
    await page.reload();
    await expect(page.getByRole('radio', { name: 'Always' })).toBeChecked({ timeout: 20_000 });
    await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
    await page.getByRole('button', { name: 'Forget them' }).click();
    await expect(page.getByText('The palette begins afresh')).toBeVisible();
  });

  await test.step('where things are, and what a report has', async () => {
    await sections.getByRole('link', { name: 'Storage' }).click();
    await expect(page.getByText(app.profile, { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Copy diagnostics' }).click();
    await expect(page.getByText('Diagnostics copied')).toBeVisible();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    expect(text).not.toMatch(/greenhouse|127\.0\.0\.1|ssh-ed25519 AAAA/);
  });

  await test.step('the status bar', async () => {
    await page
      .getByRole('contentinfo')
      .getByRole('button', { name: /polls\/min$/ })
      .click();
    const polls = page.getByRole('dialog').filter({ hasText: 'How often devices are asked' });
    await expect(polls).toContainText('Devices on the local network');
    await expect(polls).toContainText('It slows down while no window of Trailboss can be seen.');
    await page.keyboard.press('Escape');
    await expect(polls).toBeHidden();
    await expect(page.getByRole('contentinfo')).toContainText(/\d+ of \d+ devices reached/);
  });
  expect(consoleErrors).toEqual([]);
});
