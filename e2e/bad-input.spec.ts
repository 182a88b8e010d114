// Bad input, as a person meets it: each gets a clear sentence, nothing is stored or half-applied, and the program stays usable.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Locator, Page } from '@playwright/test';
import { expect, startApp, test } from './app.ts';
import { encounters } from './encounters.ts';
import {
  deviceRow,
  fillAddDialog,
  type LocalDevice,
  openDeviceByRow,
  ownKey,
  setWays,
  startLocalDevice,
} from './local-device.ts';
import { mountSmallDisk } from './small-disk.ts';
import { newDraft, post } from './steps.ts';

const megabyte = 1024 * 1024;
const noSmallDisk = 'only root may mount a small disk, where mounting is allowed at all';

test.describe('at the address of a new device', () => {
  let local: LocalDevice;
  test.beforeAll(async () => {
    local = await startLocalDevice({ sshPort: false });
  });
  test.afterAll(() => local.close());

  for (const [kind, group] of Object.entries(encounters)) {
    test(`${kind}: said in words, nothing is stored, and a real device is added after it`, async ({ opened: page }) => {
      const real = { http: local.device.httpPort ?? false, ssh: false } as const;
      const dialog = await fillAddDialog(page, real);
      for (const { what, start, sentence, atMost } of group) {
        await test.step(what, async () => {
          const server = await start();
          await setWays(dialog, { http: server.port, ssh: false });
          await dialog.getByRole('button', { name: 'Test', exact: true }).click();
          await expect(dialog.getByRole('alert')).toContainText(sentence);
          await expect(dialog.getByRole('button', { name: 'Add anyway' })).toBeVisible();
          if (atMost !== undefined) {
            await expect.poll(() => server.open?.()).toBe(0);
            expect(server.sent?.()).toBeLessThan(atMost);
          }
          await server.close();
          await setWays(dialog, real);
          await testFindsDevice(dialog);
        });
      }
      await dialog.getByRole('button', { name: 'Cancel' }).last().click();
      await expect(page.getByText('No devices yet.')).toBeVisible();
      await page.reload();
      await expect(page.getByText('No devices yet.')).toBeVisible();
      await addAndOpen(page, local);
    });
  }
});

test('the two ports the wrong way round: each says what answers there', async ({ opened: page }) => {
  const local = await startLocalDevice();
  const { httpPort = false, sshPort = false } = local.device;
  try {
    const dialog = await fillAddDialog(page, { http: sshPort, ssh: httpPort });
    await dialog.getByRole('button', { name: 'Test', exact: true }).click();
    await expect(dialog.getByRole('alert').first()).toContainText('an SSH server answers there, so this is the SSH port');
    await expect(dialog.getByRole('alert').last()).toContainText(/(is|may be) no SSH server/);
    await setWays(dialog, { http: httpPort, ssh: sshPort });
    await testFindsDevice(dialog);
  } finally {
    await local.close();
  }
});

test('a name that nobody has, and text that is no name', async ({ opened: page }) => {
  const dialog = await fillAddDialog(page, { http: 12_368, ssh: false }, 'no-such-device.invalid');
  await dialog.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('No address is known for the name “no-such-device.invalid”.', {
    timeout: 20_000,
  });
  await dialog.getByRole('textbox', { name: 'Address' }).fill('not a name');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog.getByText('This is no host name and no IP address.')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'pvr endpoint (HTTP): Port' }).fill('70000');
  await expect(dialog.getByText('A port is a number from 1 to 65535.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).last().click();
  await expect(page.getByText('No devices yet.')).toBeVisible();
});

async function testFindsDevice(dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(dialog.getByText(/A Pantavisor device: \d+ entries, containers os, web\./)).toBeVisible();
}

/** What shows that the program works: a device is tested, added and opened, and its running state is read. */
async function addAndOpen(page: Page, { device }: LocalDevice): Promise<void> {
  const dialog = await fillAddDialog(page, { http: device.httpPort ?? false, ssh: device.sshPort ?? false });
  if (device.httpPort !== undefined) await testFindsDevice(dialog);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await openDeviceByRow(page);
  if (device.sshPort !== undefined) await page.getByRole('button', { name: 'Accept this key' }).click();
  await page.getByRole('tab', { name: 'State' }).click();
  await expect(page.getByRole('row', { name: /web\/run\.json/ })).toBeVisible();
}

/** The faults by which every reply is none, and what is said of them over either way. */
const madness = [
  ['html-instead-of-json', { http: /no Pantavisor device: a web page came back/, ssh: /Unexpected token '<'/ }],
  ['garbage', { http: /it is no JSON, or only a part of it/, ssh: /sent something that can’t be read/ }],
  ['truncated-reply', { http: /it is no JSON, or only a part of it/, ssh: /sent something that can’t be read/ }],
  ['endless-reply', { http: /is longer than \d+ bytes and does not end/, ssh: /is longer than \d+ bytes and does not end/ }],
] as const;

test.describe('from a device that is there already', () => {
  for (const [way, name] of [
    ['http', 'pvr endpoint'],
    ['ssh', 'SSH'],
  ] as const) {
    test(`replies that went mad over ${way}: what was heard stays, the way says what is wrong, and it comes back`, async ({
      opened: page,
      app,
    }) => {
      const sides = way === 'http' ? { sshPort: false as const } : { httpPort: false as const };
      const local = await startLocalDevice({ ...sides, authorizedKeys: [await ownKey(page, app)] });
      try {
        await addAndOpen(page, local);
        for (const [fault, sentences] of madness) {
          await test.step(fault, async () => {
            local.device.faults.set(fault);
            await askUntil(page, `${name}: not answering`);
            await page.getByRole('button', { name: `${name}: not answering` }).click();
            await expect(page.getByRole('dialog').getByText(sentences[way])).toBeVisible();
            await page.keyboard.press('Escape');
            await expect(page.getByRole('row', { name: /web\/run\.json/ })).toBeVisible();
            local.device.faults.clear(fault);
            await askUntil(page, `${name}: open`);
          });
        }
        await newDraft(page);
      } finally {
        await local.close();
      }
    });
  }

  test('an object whose bytes do not have its sha is not shown, and the rest of the draft is', async ({ opened: page }) => {
    const local = await startLocalDevice({ sshPort: false });
    try {
      await addAndOpen(page, local);
      await newDraft(page);
      await page.getByRole('treeitem', { name: 'lxc.container.conf' }).last().click();
      await expect(page.getByRole('alert')).toContainText(
        /The device sent \d+ bytes for object b{8}, and they do not have that sha256/,
      );
      await page.getByRole('treeitem', { name: 'run.json' }).last().click();
      await expect(page.getByText('"restart_policy"')).toBeVisible();
    } finally {
      await local.close();
    }
  });

  test('an upload that the device finds damaged: nothing is posted, and the draft goes up when the device takes it', async ({
    opened: page,
  }) => {
    const local = await startLocalDevice({ sshPort: false });
    try {
      await addAndOpen(page, local);
      local.device.faults.set('wrong-hash');
      await newDraft(page);
      await replaceRoot(page, 1000);
      await post(page, 'A root that arrives damaged', 'damaged');
      await expect(page.getByRole('alert')).toContainText(/Object has bad checksum|do not have/);
      expect(local.device.progress('locals/damaged')).toBeUndefined();
      local.device.faults.clear();
      await page.getByRole('button', { name: 'Resume' }).click();
      await local.device.whenIdle();
      await expect.poll(() => local.device.progress('locals/damaged')?.status, { timeout: 30_000 }).toBe('UPDATED');
    } finally {
      await local.close();
    }
  });

  test('a key that the device does not know: said with what to do, and let in once the device knows it', async ({
    opened: page,
    app,
  }) => {
    const local = await startLocalDevice({ httpPort: false, authorizedKeys: [] });
    try {
      const dialog = await fillAddDialog(page, { http: false, ssh: local.device.sshPort ?? false });
      await dialog.getByRole('button', { name: 'Add', exact: true }).click();
      await openDeviceByRow(page);
      await page.getByRole('button', { name: 'Accept this key' }).click();
      const alert = page.getByRole('alert');
      await expect(alert).toContainText(/127\.0\.0\.1:\d+ does not let the user “\/” in with/);
      await expect(alert).toContainText('pvr-sdk.authorized_keys');
      await expect(page.getByRole('button', { name: 'SSH: login refused' })).toBeVisible();
      const key = await readFile(join(app.profile, 'keys', 'id_trailboss.pub'), 'utf8');
      await local.restart({ authorizedKeys: [key.trim()] });
      await askUntil(page, 'SSH: open');
      await expect(page.getByRole('option', { name: /locals\/base/ })).toContainText('running');
    } finally {
      await local.close();
    }
  });
});

test.describe('on this computer', () => {
  for (const [what, spoil, reason] of [
    [
      'corrupt',
      (path: string) => writeFile(path, 'this was never a database, though it is long enough '.repeat(200)),
      /not a database/,
    ],
    ['from a newer version', (path: string) => writeNewerDatabase(path), /written by a newer version of Trailboss/],
  ] as const) {
    test(`a database that is ${what} is kept aside, said so, and a fresh one works`, async ({ page }) => {
      const profile = await mkdtemp(join(tmpdir(), 'trailboss-database-'));
      await spoil(join(profile, 'trailboss.db'));
      const before = await readFile(join(profile, 'trailboss.db'));
      const local = await startLocalDevice({ sshPort: false });
      let app = await startApp({ profile });
      try {
        await page.goto(app.address);
        const notice = page
          .getByRole('alert')
          .filter({ hasText: 'The database could not be opened, so a fresh one was started' });
        await expect(notice).toContainText(reason);
        const kept = (await readdir(profile)).filter((name) => name.startsWith('trailboss.db.kept-'));
        expect(kept.length).toBeGreaterThan(0);
        await expect(notice).toContainText(kept[0] ?? 'none');
        expect(await readFile(join(profile, kept[0] ?? 'none'))).toEqual(before);
        await notice.getByRole('button', { name: /^Close/ }).click();
        await addAndOpen(page, local);

        await app.stop();
        app = await startApp({ profile });
        await page.goto(app.address);
        await expect(deviceRow(page)).toBeVisible();
        await expect(notice).toBeHidden();
      } finally {
        await app.stop();
        await local.close();
        await rm(profile, { recursive: true, force: true });
      }
    });
  }

  test('a full disk under a file that is taken in: the draft is as it was, and a smaller file goes in', async ({ page }) => {
    const profile = await mkdtemp(join(tmpdir(), 'trailboss-full-'));
    const disk = await mountSmallDisk(join(profile, 'objects'), megabyte);
    test.skip(disk === undefined, noSmallDisk);
    const local = await startLocalDevice({ sshPort: false });
    const app = await startApp({ profile });
    try {
      await page.goto(app.address);
      await addAndOpen(page, local);
      await newDraft(page);
      await replaceRoot(page, 4 * megabyte);
      const dialog = page.getByRole('dialog', { name: /^Replace / });
      await expect(dialog.getByRole('alert')).toContainText('Trailboss could not write to its own folder on this computer.');
      expect(await readdir(join(profile, 'objects'))).toEqual([]);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await expect(page.getByText('No change yet.')).toBeVisible();
      await replaceRoot(page, 1000);
      await expect(page.getByText('Restarts web, no reboot.')).toBeVisible();
      await post(page, 'A smaller root', 'smaller');
      await expect.poll(() => local.device.progress('locals/smaller')?.status, { timeout: 30_000 }).toBe('UPDATED');
    } finally {
      await app.stop();
      await local.close();
      await disk?.unmount();
      await rm(profile, { recursive: true, force: true });
    }
  });

  test('a full disk under the database: nothing is half-added, and it goes on once there is room', async ({ page }) => {
    const profile = await mkdtemp(join(tmpdir(), 'trailboss-full-'));
    const disk = await mountSmallDisk(profile, 8 * megabyte);
    test.skip(disk === undefined, noSmallDisk);
    const local = await startLocalDevice({ sshPort: false });
    const app = await startApp({ profile });
    try {
      await page.goto(app.address);
      const dialog = await fillAddDialog(page, { http: local.device.httpPort ?? false, ssh: false });
      await disk?.fill();
      await dialog.getByRole('button', { name: 'Add', exact: true }).click();
      await expect(dialog.getByRole('alert')).toContainText('Trailboss could not write to its own folder on this computer.');
      await dialog.getByRole('button', { name: 'Cancel' }).last().click();
      await expect(page.getByText('No devices yet.')).toBeVisible();
      await disk?.free();
      await addAndOpen(page, local);
    } finally {
      await app.stop();
      await local.close();
      await disk?.unmount();
      await rm(profile, { recursive: true, force: true });
    }
  });

  test('a start on a full disk says so', async () => {
    const profile = await mkdtemp(join(tmpdir(), 'trailboss-full-'));
    const disk = await mountSmallDisk(profile, megabyte);
    test.skip(disk === undefined, noSmallDisk);
    try {
      await disk?.fill();
      await expect(startApp({ profile })).rejects.toThrow('Trailboss could not write to its own folder on this computer.');
      await disk?.free();
      await (await startApp({ profile })).stop();
    } finally {
      await disk?.unmount();
      await rm(profile, { recursive: true, force: true });
    }
  });
});

/** Presses "ask again" until the device's header has the button of that name. */
async function askUntil(page: Page, name: string): Promise<void> {
  await expect(async () => {
    await page.getByRole('button', { name: 'Ask the device again' }).click();
    await expect(page.getByRole('button', { name })).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 40_000 });
}

/** Replaces the root file of `web`, the last in the tree, in the open draft. */
async function replaceRoot(page: Page, bytes: number): Promise<void> {
  await page.getByRole('treeitem', { name: 'root.squashfs' }).last().click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Replace…' }).click();
  await (await chooser).setFiles({
    name: 'root.squashfs',
    mimeType: 'application/octet-stream',
    buffer: Buffer.alloc(bytes, 1),
  });
}

async function writeNewerDatabase(path: string): Promise<void> {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA user_version = 9999; CREATE TABLE later (x)');
  database.close();
}
