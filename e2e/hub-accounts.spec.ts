// Accounts on hubs as a person has them: signing in in each way, what is kept over a crash, a session that ends, and signing out.
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, startApp, test } from './app.ts';
import { tokensOf } from './hub-caller.ts';
import { openSignIn, person, signIn, signInWith, startLocalHub, withHub } from './local-hub.ts';
import { flipPolicy, newDraft, openDevice } from './steps.ts';

const pem = (name: string) => readFileSync(join(import.meta.dirname, '../electron/net/fixtures/tls', name), 'utf8');
const passphrase = 'a locked drawer by the door';
const rows = (page: Page) => page.getByRole('row', { name: /kitchen-\d/ });

async function toSettings(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { name: 'Hub accounts' })).toBeVisible();
}

async function toFleet(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Fleet' }).first().click();
}

/** A folder that is gone after the work. */
async function withFolder(work: (dir: string) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'trailboss-accounts-'));
  try {
    await work(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

test('a wrong password keeps nothing; a passphrase file opens the account after a crash; signing out revokes', async ({
  page,
}) => {
  await withFolder(async (profile) => {
    await withHub(startLocalHub(2), async ({ hub, colleague, ids: [id] }) => {
      const anna = await colleague();
      const first = await startApp({ profile });
      let second: typeof first | undefined;
      try {
        await page.goto(first.address);
        const dialog = await openSignIn(page, passphrase);
        await signInWith(dialog, hub.url, 'not her password');
        await expect(dialog.getByRole('alert')).toContainText('does not take this user name and password');
        await expect(dialog.getByRole('alert')).toContainText('Nothing was changed on the hub.');
        await expect(dialog.getByRole('textbox', { name: 'User name or e-mail' })).toHaveValue(person.nick);
        expect(await tokensOf(anna)).toEqual([]);

        await signInWith(dialog, hub.url);
        await expect(rows(page)).toHaveCount(2);
        const [token, ...others] = await tokensOf(anna);
        expect(token?.name).toMatch(/^trailboss-/);
        expect(others).toEqual([]);
        const sealed = await readFile(join(profile, 'secrets.json'), 'utf8');
        expect(sealed).not.toContain(token?.name);
        expect(sealed).not.toContain(person.password);
        await first.kill();

        second = await startApp({ profile });
        await page.goto(second.address);
        await expect(rows(page)).toHaveCount(2);
        const banner = page.getByRole('status').filter({ hasText: 'passphrase file' });
        await expect(banner).toContainText('is locked. What you see of their devices stays');
        await banner.getByRole('button', { name: 'Unlock' }).click();
        const unlock = page.getByRole('dialog', { name: 'Unlock the secrets' });
        await unlock.getByLabel('Passphrase').fill('another drawer');
        await unlock.getByRole('button', { name: 'Unlock', exact: true }).click();
        await expect(unlock.getByRole('alert')).toBeVisible();
        await unlock.getByLabel('Passphrase').fill(passphrase);
        await unlock.getByRole('button', { name: 'Unlock', exact: true }).click();
        await expect(unlock).toBeHidden();
        await expect(banner).toBeHidden();
        await anna.ask('PATCH', `/devices/${id}`, { nick: 'pantry' });
        await toSettings(page);
        await expect(page.getByText('open', { exact: true })).toBeVisible();
        await page.getByRole('button', { name: /^Ask anna/ }).click();
        await toFleet(page);
        await expect(page.getByRole('row', { name: /pantry/ })).toBeVisible();
        expect(await tokensOf(anna)).toEqual([token]);

        await toSettings(page);
        await page.getByRole('button', { name: 'Sign out…' }).click();
        const leave = page.getByRole('dialog', { name: /^Sign out of anna/ });
        await expect(leave).toContainText('2 devices known only from this account leave the fleet.');
        await leave.getByRole('button', { name: 'Sign out', exact: true }).click();
        await expect(page.getByText('Not signed in to any hub.')).toBeVisible();
        await toFleet(page);
        await expect(page.getByText('No devices yet.')).toBeVisible();
        expect(await tokensOf(anna)).toEqual([]);
      } finally {
        await first.kill();
        await second?.stop();
      }
    });
  });
});

test('signing in by browser: on the hub’s own page, and not where a hub has none', async ({
  opened: page,
  context,
  consoleErrors,
}) => {
  await withHub(startLocalHub(1, { pkce: false }), async ({ hub: without }) => {
    await withHub(startLocalHub(1), async ({ hub, colleague }) => {
      const dialog = await openSignIn(page);
      const address = dialog.getByRole('textbox', { name: 'Hub address' });
      await address.fill(without.url);
      await dialog.getByText('Browser', { exact: true }).click();
      await expect(dialog.getByText('This hub has no sign-in by browser.')).toBeVisible();
      await expect(dialog.getByRole('button', { name: 'Open the hub’s page' })).toBeDisabled();

      await address.fill(hub.url);
      const opening = context.waitForEvent('page');
      await dialog.getByRole('button', { name: 'Open the hub’s page' }).click();
      const hubPage = await opening;
      await expect(hubPage.getByRole('heading', { name: 'Sign in to the hub' })).toBeVisible();
      expect(await hubPage.evaluate(() => window.opener)).toBeNull();
      await expect(dialog.getByText('Waiting for you in the browser.')).toBeVisible();
      await hubPage.getByLabel('User name').fill(person.nick);
      await hubPage.getByLabel('Password').fill(person.password);
      await hubPage.getByRole('button', { name: 'Sign in' }).click();
      await expect(hubPage.getByText(/close this/i)).toBeVisible();

      await expect(rows(page)).toHaveCount(1);
      await expect(dialog).toBeHidden();
      expect(await tokensOf(await colleague())).toHaveLength(1);
      expect(consoleErrors).toEqual([]);
    });
  });
});

test('a session that pvr left is found when it is asked for, and used', async ({ page }) => {
  await withFolder(async (pvr) => {
    await withHub(startLocalHub(1), async ({ hub, colleague }) => {
      const app = await startApp({ env: { PVR_CONFIG_DIR: pvr } });
      try {
        await page.goto(app.address);
        const dialog = await openSignIn(page);
        await dialog.getByText('pvr’s session', { exact: true }).click();
        await dialog.getByRole('button', { name: 'Look for sessions' }).click();
        await expect(dialog.getByText('There is none. Run pvr login first')).toBeVisible();

        const { token } = await colleague();
        await writeFile(join(pvr, 'auth.json'), pvrSessions({ [hub.url]: token, 'https://hub.example.com': endedToken }));
        await dialog.getByRole('button', { name: 'Look again' }).click();
        const ended = dialog.getByRole('listitem').filter({ hasText: 'hub.example.com' });
        await expect(ended).toContainText('ended');
        await expect(ended.getByRole('button')).toHaveCount(0);
        await dialog.getByRole('button', { name: `Use the session of ${person.nick} at ${hub.url}` }).click();
        await expect(rows(page)).toHaveCount(1);
        expect(await tokensOf(await colleague())).toHaveLength(1);
      } finally {
        await app.stop();
      }
    });
  });
});

/** As pvr writes them (pvr: libpvr/authlib.go). */
function pvrSessions(tokens: Readonly<Record<string, string>>): string {
  const entries = Object.entries(tokens).map(([url, token]) => [
    `${url}/auth realm=pantahub services`,
    { Name: person.nick, 'access-token': token, 'refresh-token': token },
  ]);
  return JSON.stringify({ spec: '1', tokens: Object.fromEntries(entries) });
}

const inToken = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const endedToken = `${inToken({ alg: 'RS256' })}.${inToken({ nick: 'old', exp: 1_600_000_000, orig_iat: 1_599_990_000 })}.AA`;

test('a session that was ended on the hub: what is on the screen stays, and the draft goes up after signing in again', async ({
  opened: page,
}) => {
  await withHub(startLocalHub(1), async ({ hub, colleague }) => {
    await signIn(page, hub.url);
    await openDevice(page, 'kitchen-1');
    await newDraft(page);
    await flipPolicy(page, 'web', 'system');
    await expect(page.getByText(/Reboots the board/).first()).toBeVisible();

    const anna = await colleague();
    for (const { id } of await tokensOf(anna)) await anna.ask('DELETE', `/tokens/${id}`);
    hub.endSessions();
    const banner = page.getByRole('status').filter({ hasText: 'is signed out.' });
    await expect(banner).toContainText('What you see of its devices stays, as it was last heard.', { timeout: 30_000 });
    await expect(page.getByText(/Reboots the board/).first()).toBeVisible();
    await expect(page.getByRole('row', { name: /web/ }).getByRole('radio', { name: 'system' })).toBeChecked();

    await banner.getByRole('button', { name: 'Sign in again' }).click();
    const dialog = page.getByRole('dialog', { name: /^Sign in again as anna/ });
    await expect(dialog.getByRole('textbox', { name: 'Password' })).toBeFocused();
    await dialog.getByRole('textbox', { name: 'Password' }).fill(person.password);
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(banner).toBeHidden();
    await page.getByRole('link', { name: 'Post…' }).click();
    await page.getByRole('textbox', { name: 'Message' }).fill('after a pause');
    await page.getByRole('button', { name: 'Post', exact: true }).click();
    await expect(page.getByRole('heading', { name: /^2 runs/ })).toBeVisible({ timeout: 30_000 });
  });
});

test('a hub with a certificate of its own is refused in words, and taken with the certificate', async ({ opened: page }) => {
  const tls = { key: pem('server.key'), cert: pem('server.pem') };
  await withHub(startLocalHub(1, { tls }, { off: true }), async ({ hub }) => {
    const dialog = await openSignIn(page);
    await signInWith(dialog, hub.url);
    const problem = dialog.getByRole('alert');
    await expect(problem).toContainText('is not to be trusted: its certificate is signed by nobody whom this computer trusts.');
    await expect(problem).toContainText('add the certificate of its authority (a PEM file)');

    await dialog.getByRole('button', { name: 'The hub has a certificate of its own' }).click();
    const certificate = dialog.getByRole('textbox', { name: /^Certificate of the hub/ });
    await certificate.fill(tls.key);
    await dialog.getByRole('button', { name: 'Check' }).click();
    await expect(dialog.getByText('There is a private key in it.')).toBeVisible();
    const chooser = page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: 'Choose a file…' }).click();
    await (await chooser).setFiles({ name: 'ca.pem', mimeType: 'application/x-pem-file', buffer: Buffer.from(pem('ca.pem')) });
    await expect(dialog.getByText('One certificate.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Check' }).click();
    await expect(dialog.getByText('A hub answers here; signing in by browser is possible.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(rows(page)).toHaveCount(1);
    await toSettings(page);
    await expect(page.getByText('its own, beside those that this computer trusts')).toBeVisible();
  });
});
