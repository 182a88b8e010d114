// The main job over a bad network: a proxy stands between Trailboss and a simulated device, for the pvr endpoint and for SSH.
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { type FaultProxy, type NetworkFault, startFaultProxy } from './fault-proxy.ts';
import { fillAddDialog, type LocalDevice, openDeviceByRow, ownKey, startLocalDevice } from './local-device.ts';
import { newDraft, post } from './steps.ts';

test.describe.configure({ mode: 'parallel' });

interface BadNetwork {
  readonly local: LocalDevice;
  readonly http: FaultProxy;
  readonly ssh: FaultProxy;
  set(fault: NetworkFault | undefined): void;
}

const withNetwork = test.extend<{ network: BadNetwork }>({
  network: async ({ app, opened: page }, use) => {
    const key = await ownKey(page, app);
    const local = await startLocalDevice({ authorizedKeys: [key] });
    const http = await startFaultProxy(local.device.httpPort ?? 0);
    const ssh = await startFaultProxy(local.device.sshPort ?? 0);
    await use({
      local,
      http,
      ssh,
      set: (fault) => {
        http.set(fault);
        ssh.set(fault);
      },
    });
    await http.close();
    await ssh.close();
    await local.close();
  },
});

/** Adds the device through both proxies and opens it with its timeline. */
async function addThrough(page: Page, { http, ssh }: BadNetwork): Promise<void> {
  const dialog = await fillAddDialog(page, { http: http.port, ssh: ssh.port });
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await openDeviceByRow(page);
  await page.getByRole('button', { name: 'Accept this key' }).first().click({ timeout: 30_000 });
  await expect(page.getByRole('option', { name: /locals\/base/ })).toBeVisible({ timeout: 30_000 });
}

/** A file of the container web is replaced by so many bytes. */
async function replaceFile(page: Page, bytes: number): Promise<void> {
  await newDraft(page);
  await page
    .getByRole('treeitem', { name: /web.*root\.squashfs|root\.squashfs/ })
    .last()
    .click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Replace…' }).click();
  await (await chooser).setFiles({
    name: 'root.squashfs',
    mimeType: 'application/octet-stream',
    buffer: Buffer.alloc(bytes, 3),
  });
  await expect(page.getByText('Restarts web, no reboot.')).toBeVisible();
}

const ends = (page: Page, name: string) =>
  expect(page.getByRole('heading', { name: new RegExp(`locals/${name} runs`) })).toBeVisible({ timeout: 75_000 });

withNetwork(
  'late and slow: everything takes longer, and ends as on a good network',
  async ({ network, opened: page, consoleErrors }) => {
    network.set({ kind: 'delay', ms: 80 });
    await addThrough(page, network);
    await replaceFile(page, 200_000);
    network.set({ kind: 'slow', bytesPerSecond: 200_000 });
    await post(page, 'Over a slow line', 'slow');
    await ends(page, 'slow');
    expect(consoleErrors).toEqual([]);
  },
);

for (const kind of ['cut', 'reset'] as const) {
  withNetwork(
    `${kind} in mid-upload and again while the device moves: the post goes on by itself`,
    async ({ network, opened: page, consoleErrors }) => {
      await addThrough(page, network);
      await replaceFile(page, 2_000_000);
      network.set({ kind: 'slow', bytesPerSecond: 600_000 });
      await post(page, 'Broken off', kind);
      await expect.poll(() => page.getByRole('progressbar').first().getAttribute('aria-valuenow')).not.toBe('0');
      network.set({ kind });
      await expect(page.getByText(/not answering|waits|interrupted|again/i).first()).toBeVisible({ timeout: 30_000 });
      network.set(undefined);
      await expect.poll(() => network.local.device.progress(`locals/${kind}`)?.status, { timeout: 60_000 }).toBeTruthy();
      network.set({ kind });
      const before = network.ssh.taken();
      await expect.poll(() => network.ssh.taken() + network.http.taken(), { timeout: 30_000 }).toBeGreaterThan(before);
      network.set(undefined);
      await ends(page, kind);
      expect(consoleErrors).toEqual([]);
    },
  );
}

withNetwork(
  'noise and silence: the screen says what it is, nothing is taken for an answer, and what runs is shown again',
  async ({ network, opened: page, consoleErrors }) => {
    await addThrough(page, network);
    network.set({ kind: 'garbage' });
    await expect(page.getByText(/not answering since|can’t be read|is no Pantavisor|no SSH/i).first()).toBeVisible({
      timeout: 45_000,
    });
    await expect(page.getByRole('option', { name: /locals\/base/ })).toBeVisible();
    network.set({ kind: 'silence' });
    await expect(page.getByText(/not answering since/).first()).toBeVisible({ timeout: 45_000 });
    network.set(undefined);
    await expect(page.getByText(/not answering since/)).toHaveCount(0, { timeout: 60_000 });
    await replaceFile(page, 20_000);
    await post(page, 'After the noise', 'calm');
    await ends(page, 'calm');
    expect(consoleErrors).toEqual([]);
  },
);
