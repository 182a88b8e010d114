// Signatures: whom to trust, a part signed, the edit that breaks it told at once, and signed again; all in one draft.
import { sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { look } from './axe.ts';
import { newDraft, openDevice, startDemo } from './steps.ts';

/** Keys for tests only, known to everybody. */
const keys = join(import.meta.dirname, '..', 'electron', 'signatures', 'fixtures', 'keys');
const key = join(keys, 'es256.key.pem');
const chain = join(keys, 'es256.chain.pem');

const signatures = (page: Page) => page.getByRole('region', { name: 'Signatures' });
const view = (page: Page, name: string) =>
  page.getByRole('radiogroup', { name: 'What to edit' }).getByText(name, { exact: true });

async function trustTestRoot(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Trusted signers' }).click();
  await page.getByRole('button', { name: 'Add a signer…' }).click();
  await page.getByRole('textbox', { name: 'File' }).fill(join(keys, 'root.pem'));
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('row', { name: /Test Root CA/ })).toBeVisible();
}

test('a part is signed, an edit breaks it and says so at once, and it is signed again', async ({
  opened: page,
  consoleErrors,
}) => {
  await startDemo(page);
  await trustTestRoot(page);
  await look(page, 'trusted signers');
  await openDevice(page, 'greenhouse-03');
  await newDraft(page);
  await view(page, 'Signatures').click();
  await page.getByRole('button', { name: 'Sign a part…' }).click();
  await page.getByRole('textbox', { name: 'Private key' }).fill(key);
  await page.getByRole('textbox', { name: 'Certificates' }).fill(chain);
  await look(page, 'sign a part');
  await page.getByRole('button', { name: 'Sign', exact: true }).click();
  const row = signatures(page).getByRole('row', { name: /bsp/ }).first();
  await expect(row).toContainText('Valid');
  await row.click();
  await expect(page.getByText('Signed by Test Signer ES256, whom Test Root CA vouches for.')).toBeVisible();
  await look(page, 'a signature that holds');

  await view(page, 'Entries').click();
  await page.locator('[data-draft-tree] [data-row="bsp/build.json"]').click();
  await expect(page.getByRole('heading', { name: 'bsp/build.json' })).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(page.getByText('This edit breaks the signature bsp: it covers bsp/build.json.')).toBeVisible();
  await signatures(page).getByRole('button', { name: 'Sign again…' }).click();
  await expect(page.getByRole('textbox', { name: 'Private key' })).toHaveValue(key);
  await page.getByRole('button', { name: 'Sign', exact: true }).click();
  await expect(page.getByText('This edit breaks the signature')).toBeHidden();
  await view(page, 'Signatures').click();
  await expect(row).toContainText('Valid');
  expect(consoleErrors).toEqual([]);
});

test('an external signer is handed the payload, and its signature is verified before it is kept', async ({ opened: page }) => {
  await startDemo(page);
  await openDevice(page, 'greenhouse-03');
  await newDraft(page);
  await view(page, 'Signatures').click();
  await page.getByRole('button', { name: 'Sign elsewhere…' }).click();
  await page.getByRole('textbox', { name: 'Public key' }).fill(join(keys, 'es256.pub.pem'));
  await page.getByRole('button', { name: 'Make the payload' }).click();
  const jws = await page.getByRole('textbox', { name: 'The JWS with its payload' }).inputValue();
  const input = await page.getByRole('textbox', { name: 'The bytes to sign' }).inputValue();
  await look(page, 'sign elsewhere');
  const signature = sign('sha256', Buffer.from(input), { key: readFileSync(key), dsaEncoding: 'ieee-p1363' });
  const back = page.getByRole('textbox', { name: 'The signed JWS' });
  await back.fill(jws);
  await page.getByRole('button', { name: 'Verify and take' }).click();
  await expect(page.getByText('it has no signature yet')).toBeVisible();
  await back.fill(jws.replace('"signature":""', `"signature":"${signature.toString('base64url')}"`));
  await page.getByRole('button', { name: 'Verify and take' }).click();
  const row = signatures(page).getByRole('row', { name: /bsp/ }).first();
  await expect(row).toContainText('Not trusted');
  await row.click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByText('Nothing here is signed.')).toBeVisible();
  await page
    .getByRole('alert')
    .filter({ hasText: 'Removed the signature bsp' })
    .getByRole('button', { name: 'Undo', exact: true })
    .click();
  await expect(row).toContainText('Not trusted');
});
