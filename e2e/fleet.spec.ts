// The fleet's table as a person works with it: the filter and its errors, columns, saved views, and what is done to several devices.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { filterBox, openFleetAt, startDemo } from './steps.ts';

// Each walks far.
test.describe.configure({ mode: 'parallel', timeout: 150_000 });

/** Three devices on the local network have the container; on one of them it restarts with the board only. */
const withTailscale = 'source:lan container:tailscale';
const names = ['depot-lte-11', 'home-hub-attic', 'lab-nuc-01'] as const;

const shownOf = (page: Page, count: number) => page.getByText(new RegExp(`^${count} of \\d+ devices?$`));
const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });
const header = (page: Page, name: string) => page.getByRole('columnheader', { name, exact: true });
const bar = (page: Page) => page.getByRole('region', { name: 'Selected devices' });

/** The headers in their order. */
function headers(page: Page): Promise<string[]> {
  return page.getByRole('grid', { name: 'Devices' }).getByRole('columnheader').allInnerTexts();
}

async function widthOf(element: Locator): Promise<number> {
  return Math.round((await element.boundingBox())?.width ?? 0);
}

test('a filter is put together by keys, says what is wrong in it, and becomes a view', async ({
  opened: page,
  consoleErrors,
}) => {
  const { keyboard } = page;
  await startDemo(page);
  const filter = filterBox(page);
  await page.keyboard.press('Escape');
  await filter.fill('');
  await page.getByRole('grid', { name: 'Devices' }).focus();
  await keyboard.press('/');
  await expect(filter).toBeFocused();

  await test.step('tokens and their values are offered, and taken by keys', async () => {
    const offered = page.getByRole('listbox', { name: 'What the filter can look for' });
    await keyboard.press('ArrowDown');
    await expect(offered.getByRole('option', { name: /^status:/ })).toBeVisible();
    await keyboard.type('sou');
    await expect(offered.getByRole('option')).toHaveCount(1);
    await keyboard.press('Tab');
    await expect(filter).toHaveValue('source:');
    await expect(offered.getByRole('option', { name: /^lan/ })).toContainText(/\d+ devices/);
    await keyboard.type('la');
    await expect(offered.getByRole('option', { name: /^lan/, selected: true })).toBeVisible();
    await keyboard.press('Enter');
    await expect(filter).toHaveValue('source:lan ');
    await expect(offered).toBeHidden();
    await keyboard.type('cont');
    await keyboard.press('Tab');
    await keyboard.type('tail');
    await expect(offered.getByRole('option', { name: /^tailscale/ })).toContainText('3 devices', { timeout: 20_000 });
    await keyboard.press('Enter');
    await expect(filter).toHaveValue(`${withTailscale} `);
    await expect(shownOf(page, 3)).toBeVisible();
    for (const name of names) await expect(row(page, name)).toBeVisible();
  });

  await test.step('what is wrong is said, and the rest applies', async () => {
    const faults = [
      ['statu:error', 'There is no statu: token. To look for the text, put it in quotes. The rest of the filter applies.'],
      ['status:sleepy', 'No status begins with “sleepy”. The rest of the filter applies.'],
      ['rev:<abc', 'rev: compares with a number, as in rev:<12, and “abc” is none. The rest of the filter applies.'],
      ['checkpoint:perhaps', 'checkpoint: is yes or no. The rest of the filter applies.'],
    ] as const;
    for (const [fault, text] of faults) {
      await filter.fill(`${withTailscale} ${fault}`);
      await expect(filter).toHaveAttribute('aria-invalid', 'true');
      await expect(filter).toHaveAccessibleDescription(text);
      await expect(shownOf(page, 3)).toBeVisible();
    }
    await filter.fill(`${withTailscale} rev:>=4`);
    await expect(page.getByText('devices run revisions whose names have no number; a comparison leaves them out.')).toBeVisible();
    await filter.fill(`${withTailscale} -name:nuc`);
    await expect(shownOf(page, 2)).toBeVisible();
    await expect(row(page, 'lab-nuc-01')).toHaveCount(0);
    await filter.fill(withTailscale);
    await expect(filter).toHaveAttribute('aria-invalid', 'false');
  });

  const views = page.getByRole('navigation', { name: 'Views' });
  const vpn = views.getByRole('button', { name: /^VPN/ });
  await test.step('it is kept as a view, with its count', async () => {
    await page.getByRole('button', { name: 'Save view' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save this view' });
    await expect(dialog).toContainText(`Keeps the filter “${withTailscale}”`);
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(dialog.getByText('Give it a name.')).toBeVisible();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('VPN');
    await keyboard.press('Enter');
    await expect(vpn).toHaveAttribute('aria-pressed', 'true');
    await expect(vpn).toHaveText(/^VPN\s*3$/);
    await filter.fill(`${withTailscale} -name:nuc`);
    await page.getByRole('button', { name: 'What can be done with the view VPN' }).click();
    await page.getByRole('menuitem', { name: 'Save this filter in the view' }).click();
    await expect(vpn).toHaveText(/^VPN\s*2$/);
  });

  await test.step('keys go from view to view, and one that is deleted comes back', async () => {
    await page.getByRole('grid', { name: 'Devices' }).focus();
    await keyboard.press('[');
    await expect(views.getByRole('button', { name: /^Needs attention/ })).toHaveAttribute('aria-pressed', 'true');
    await expect(filter).toHaveValue('status:attention');
    await keyboard.press(']');
    await expect(filter).toHaveValue(`${withTailscale} -name:nuc`);
    await page.getByRole('button', { name: 'What can be done with the view VPN' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(vpn).toHaveCount(0);
    await expect(page.getByText('View VPN deleted.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
    await keyboard.press('Alt+Z');
    await expect(vpn).toHaveAttribute('aria-pressed', 'true');
    await expect(filter).toHaveValue(`${withTailscale} -name:nuc`);
    await expect(page).toHaveURL(/filter=source/);
    await page.reload();
    await expect(vpn).toHaveAttribute('aria-pressed', 'true', { timeout: 20_000 });
    await expect(shownOf(page, 2)).toBeVisible({ timeout: 20_000 });
  });
  expect(consoleErrors).toEqual([]);
});

test('columns are chosen, moved and sized, and are so after a reload', async ({ opened: page, consoleErrors }) => {
  const { keyboard } = page;
  await startDemo(page);
  const columns = page.getByRole('button', { name: 'Columns' });
  await columns.click();
  const list = page.getByRole('dialog', { name: 'Columns', exact: true });
  await expect(list.getByRole('checkbox', { name: 'Name' })).toBeDisabled();
  await list.getByRole('checkbox', { name: 'Checkpoint' }).uncheck();
  await list.getByRole('checkbox', { name: 'Containers' }).uncheck();
  await list.getByRole('checkbox', { name: 'Mode' }).check();
  await list.getByRole('button', { name: 'Move Labels up' }).click();
  await keyboard.press('Escape');
  await expect(list).toBeHidden();
  await expect(columns).toBeFocused();
  await expect(header(page, 'Checkpoint')).toHaveCount(0);
  await expect(header(page, 'Mode')).toBeVisible();

  const condition = header(page, 'Condition');
  const before = await widthOf(condition);
  await condition.getByRole('button').focus();
  for (let step = 0; step < 3; step += 1) await keyboard.press('Shift+ArrowRight');
  await expect.poll(() => widthOf(condition)).toBe(before + 48);
  await keyboard.press('Alt+Shift+ArrowRight');
  await expect.poll(() => headers(page)).toEqual(expect.arrayContaining(['Running', 'Condition']));
  await expect.poll(async () => (await headers(page)).join(' ')).toMatch(/Running Condition/);
  await expect(condition.getByRole('button')).toBeFocused();

  const box = await header(page, 'Labels').boundingBox();
  const target = await header(page, 'Running').boundingBox();
  if (box === null || target === null) throw new Error('the headers have no place');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(target.x + 20, target.y + target.height / 2, { steps: 6 });
  await page.mouse.up();
  await expect.poll(async () => (await headers(page)).join(' ')).toMatch(/Labels Running Condition/);
  await header(page, 'Running').getByRole('button').click();
  await expect(header(page, 'Running')).toHaveAttribute('aria-sort', 'ascending');

  const shown = await headers(page);
  const width = await widthOf(condition);
  await page.reload();
  await expect(row(page, 'greenhouse-03')).toBeVisible({ timeout: 20_000 });
  expect(await headers(page)).toEqual(shown);
  expect(await widthOf(condition)).toBe(width);
  await expect(header(page, 'Running')).toHaveAttribute('aria-sort', 'ascending');
  await columns.click();
  await list.getByRole('button', { name: 'Reset columns' }).click();
  await keyboard.press('Escape');
  await expect(header(page, 'Checkpoint')).toBeVisible();
  await expect(header(page, 'Mode')).toHaveCount(0);
  expect(consoleErrors).toEqual([]);
});

test('several devices are marked by keys and pointer: labels, comparison, and a container that restarts where it may', async ({
  opened: page,
  app,
  consoleErrors,
}) => {
  const { keyboard } = page;
  await startDemo(page);
  await openFleetAt(page, app, { filter: withTailscale });
  await expect(filterBox(page)).toHaveValue(withTailscale);
  await expect(shownOf(page, 3)).toBeVisible({ timeout: 60_000 });

  await test.step('marked by keys and pointer', async () => {
    const grid = page.getByRole('grid', { name: 'Devices' });
    await grid.focus();
    await keyboard.press('Home');
    await expect(page.getByRole('row', { name: /depot-lte-11/, selected: true })).toBeVisible();
    await keyboard.press('Space');
    await expect(bar(page)).toContainText('1 selected');
    await keyboard.press('Shift+ArrowDown');
    await keyboard.press('Shift+ArrowDown');
    await expect(bar(page)).toContainText('3 selected');
    await keyboard.press('Shift+ArrowUp');
    await expect(bar(page)).toContainText('2 selected');
    await expect(page.getByRole('checkbox', { name: 'Select lab-nuc-01' })).not.toBeChecked();
    await keyboard.press('Escape');
    await expect(bar(page)).toHaveCount(0);
    await row(page, 'depot-lte-11').getByText('LAN', { exact: true }).click();
    await row(page, 'lab-nuc-01')
      .getByText('LAN', { exact: true })
      .click({ modifiers: ['ControlOrMeta'] });
    await expect(bar(page)).toContainText('2 selected');
    await expect(page.getByRole('checkbox', { name: 'Select home-hub-attic' })).not.toBeChecked();
    await row(page, 'depot-lte-11')
      .getByText('LAN', { exact: true })
      .click({ modifiers: ['Shift'] });
    await expect(bar(page)).toContainText('3 selected');
    await grid.focus();
    await keyboard.press('Escape');
    await keyboard.press('ControlOrMeta+A');
    await expect(bar(page)).toContainText('3 selected');
    await filterBox(page).fill(`${withTailscale} name:nuc`);
    await expect(bar(page)).toContainText('1 selected');
    await expect(bar(page)).toContainText('2 more are not shown and left alone');
    await filterBox(page).fill(withTailscale);
    await expect(bar(page)).toContainText('3 selected');
    await bar(page).getByRole('button', { name: 'Compare the two' }).hover();
    await expect(page.getByRole('tooltip', { name: 'Select exactly two devices.' })).toBeVisible();
  });

  await test.step('a container restarts on those that may', async () => {
    await bar(page).getByRole('button', { name: 'Restart a container…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Restart a container on 3 devices' });
    await expect(dialog).toContainText('Where its restart policy is system it restarts with the board only, and is left alone.');
    const tailscale = dialog.getByRole('radio', { name: /^tailscale\s*3 of 3 · policy system on 1$/ });
    await expect(tailscale).toBeEnabled({ timeout: 30_000 });
    await expect(dialog.getByRole('radio', { name: /^os.*policy system on 3 · nothing to restart/ })).toBeDisabled();
    await tailscale.check();
    await dialog.getByRole('button', { name: 'Restart tailscale on 2 devices' }).click();
    await expect(dialog.getByText('2 done')).toBeVisible({ timeout: 20_000 });
    await expect(dialog.getByRole('row', { name: /lab-nuc-01/ })).toHaveCount(0);
    await dialog.getByRole('button', { name: 'Close' }).last().click();
  });

  await test.step('a label on all of them, and the fleet filtered by it', async () => {
    await bar(page).getByRole('button', { name: 'Labels…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Labels of 3 devices' });
    await dialog.getByRole('textbox', { name: 'Name of label 1' }).fill('no good');
    await dialog.getByRole('textbox', { name: 'Value of label 1' }).fill('east wing');
    await dialog.getByRole('button', { name: 'Change 3 devices' }).click();
    await expect(dialog.getByText('Letters, digits, _ . - and 63 characters at the most.')).toBeVisible();
    await dialog.getByRole('textbox', { name: 'Name of label 1' }).fill('wing');
    await dialog.getByRole('button', { name: 'Change 3 devices' }).click();
    await expect(dialog.getByText('3 done')).toBeVisible({ timeout: 20_000 });
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await filterBox(page).fill('label:wing="east wing"');
    await expect(shownOf(page, 3)).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole('complementary', { name: 'Selected device' })).toContainText('east wing');
  });

  await test.step('two of them compared, and back with both still marked', async () => {
    await page.getByRole('checkbox', { name: 'Select home-hub-attic' }).click();
    await expect(bar(page)).toContainText('2 selected');
    await bar(page).getByRole('button', { name: 'Compare the two' }).click();
    await expect(page).toHaveURL(/compare\?.*device%3A/);
    await expect(page.getByText(/^Two devices: this is what/)).toBeVisible({ timeout: 20_000 });
    await page.goBack();
    await expect(bar(page)).toContainText('2 selected');
    await expect(filterBox(page)).toHaveValue('label:wing="east wing"');
  });
  expect(consoleErrors).toEqual([]);
});
