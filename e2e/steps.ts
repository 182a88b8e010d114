import { expect, type Locator, type Page } from '@playwright/test';
import type { RunningApp } from './app.ts';

/** Steps that several specs take, in the words of the screens. */

/** From the empty fleet's door to the table of simulated devices. */
export async function startDemo(page: Page): Promise<void> {
  await page.getByRole('button', { name: /simulated fleet/i }).click();
  await page.getByRole('combobox', { name: 'Filter devices' }).fill('greenhouse-03');
  await expect(page.getByRole('row', { name: /greenhouse-03/ })).toBeVisible({ timeout: 40_000 });
}

/** Opens a device from the fleet and waits until its timeline was heard. */
export async function openDevice(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Fleet' }).first().click();
  await page.getByRole('combobox', { name: 'Filter devices' }).fill(name);
  // The first row below the head stays where it is; one that is found before the filter has worked moves up.
  const row = page.getByRole('row').nth(1);
  await expect(row).toContainText(name);
  await row.getByText(name).click();
  await expect(page.getByRole('heading', { name })).toBeVisible();
}

export async function newDraft(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New draft' }).click();
  await expect(page.getByRole('heading', { name: /^Draft of/ })).toBeVisible();
}

export async function flipPolicy(page: Page, container: string, policy: 'inherit' | 'container' | 'system'): Promise<void> {
  await page.getByText('Restart policies').click();
  await page
    .getByRole('row', { name: new RegExp(container) })
    .getByRole('radio', { name: policy })
    .click();
}

/** Goes through the post screen and waits for the update's own screen. */
export async function post(page: Page, message: string, name?: string): Promise<void> {
  await page.getByRole('link', { name: 'Post…' }).click();
  await page.getByRole('textbox', { name: 'Message' }).fill(message);
  await expect(page.getByRole('textbox', { name: 'Name' })).not.toHaveValue('');
  if (name !== undefined) await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  await expect(page).toHaveURL(/\/update\//);
}

export function filterBox(page: Page): Locator {
  return page.getByRole('combobox', { name: 'Filter devices' });
}

/** Opens the fleet by an address, as a link does. */
export async function openFleetAt(page: Page, app: RunningApp, place: Readonly<Record<string, string>>): Promise<void> {
  await page.goto(`http://127.0.0.1:${app.port}/#/?${new URLSearchParams(place)}`);
}
