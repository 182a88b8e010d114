// A simulated device inside the test's own process, and how a person adds it.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { type SimulatedDevice, type SimulatedDeviceOptions, startSimulatedDevice } from '../electron/simulator/index.ts';
import { baseState } from '../electron/test-bench.ts';
import type { RunningApp } from './app.ts';
import { shaOf, stateWithObjects } from './local-hub.ts';

export interface LocalDevice {
  readonly device: SimulatedDevice;
  /** Switches it off and on again, with other options where wanted: same disk, same ports. */
  restart(options?: Partial<SimulatedDeviceOptions>): Promise<void>;
  close(): Promise<void>;
}

const sha = (digit: string) => digit.repeat(64);

/** Starts a device that runs `locals/base`, with the containers `os` and `web`. Its objects do not have the sha that names them. */
export async function startLocalDevice(options: Partial<SimulatedDeviceOptions> = {}): Promise<LocalDevice> {
  const dir = await mkdtemp(join(tmpdir(), 'trailboss-device-'));
  const start = (more: Partial<SimulatedDeviceOptions>) =>
    startSimulatedDevice({
      dir,
      timeScale: 0.05,
      seed: {
        revisions: [{ name: 'locals/base', state: baseState, message: 'base', status: 'DONE' }],
        objects: ['a', 'b', 'c'].map((digit) => ({ sha256: sha(digit), content: `not ${digit}` })),
      },
      ...options,
      ...more,
    });
  let device = await start({});
  return {
    get device() {
      return device;
    },
    restart: async (more = {}) => {
      const { httpPort = false, sshPort = false } = device;
      await device.close();
      device = await start({ httpPort, sshPort, ...more });
    },
    close: async () => {
      await device.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/**
 * Starts a device that runs its factory revision and belongs to a hub as well: it registers itself there and shows a challenge until it
 * is claimed. Its objects are what their names say, so that it can give them to the hub.
 */
export function startHubDevice(url: string, options: Partial<SimulatedDeviceOptions> = {}): Promise<LocalDevice> {
  const objects = new Map<string, string>();
  const state = stateWithObjects((content) => {
    objects.set(shaOf(content), content);
    return shaOf(content);
  });
  return startLocalDevice({
    hub: { url },
    seed: {
      revisions: [{ name: '0', state, message: 'factory', status: 'DONE' }],
      objects: [...objects].map(([sha256, content]) => ({ sha256, content })),
    },
    ...options,
  });
}

/** What a device shows that waits to be claimed, once it has registered itself. */
export async function challengeOf({ device }: LocalDevice): Promise<{ readonly id: string; readonly challenge: string }> {
  await expect.poll(() => device.announcement()?.challenge, { timeout: 15_000 }).toMatch(/./);
  const { 'device-id': id = '', challenge = '' } = device.announcement() ?? {};
  return { id, challenge };
}

/** The ways that a person sets in the dialog: a port, or `false` for not this way. */
export interface DialogWays {
  readonly http: number | false;
  readonly ssh: number | false;
}

/** Opens the dialog from the fleet, empty or not, and fills it in with its ports unfolded. */
export async function fillAddDialog(page: Page, ways: DialogWays, host = '127.0.0.1'): Promise<Locator> {
  const menu = page.getByRole('button', { name: 'Add device', exact: true });
  const door = page.getByRole('button', { name: 'Add by address' });
  await expect(menu.or(door)).toBeVisible();
  if (await menu.isVisible()) {
    await menu.click();
    await page.getByRole('menuitem', { name: 'By its address…' }).click();
  } else await door.click();
  const dialog = page.getByRole('dialog', { name: 'Add a device' });
  await dialog.getByRole('textbox', { name: 'Address' }).fill(host);
  await dialog.getByRole('button', { name: 'Ports, user and key' }).click();
  await setWays(dialog, ways);
  return dialog;
}

export async function setWays(dialog: Locator, ways: DialogWays): Promise<void> {
  await setWay(dialog, 'pvr endpoint (HTTP)', ways.http);
  await setWay(dialog, 'SSH', ways.ssh);
}

async function setWay(dialog: Locator, name: string, port: number | false): Promise<void> {
  await dialog.getByRole('checkbox', { name, exact: true }).setChecked(port !== false);
  if (port !== false) await dialog.getByRole('textbox', { name: `${name}: Port` }).fill(String(port));
}

/** The row of the one device at 127.0.0.1. */
export function deviceRow(page: Page): Locator {
  return page.getByRole('row', { name: /127\.0\.0\.1/ });
}

export async function openDeviceByRow(page: Page): Promise<void> {
  await deviceRow(page).getByText('127.0.0.1').first().click();
  await expect(page.getByRole('heading', { name: '127.0.0.1' })).toBeVisible();
}

/** Adds a device whose host key is accepted in the dialog, and opens it. */
export async function addAndOpen(page: Page, { device }: LocalDevice): Promise<void> {
  const dialog = await fillAddDialog(page, { http: device.httpPort ?? false, ssh: device.sshPort ?? false });
  await dialog.getByRole('button', { name: 'Test', exact: true }).click();
  await dialog.getByRole('checkbox', { name: /^I compared the fingerprint/ }).check({ timeout: 20_000 });
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await openDeviceByRow(page);
  await expect(page.getByRole('button', { name: 'SSH: open' })).toBeVisible({ timeout: 20_000 });
}

/** The public key of the program, which makes its pair when somebody looks at it. */
export async function ownKey(page: Page, app: RunningApp): Promise<string> {
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByText(/^(ecdsa-sha2-nistp256|ssh-ed25519) /)).toBeVisible();
  await page.getByRole('link', { name: 'Fleet' }).first().click();
  return (await readFile(join(app.profile, 'keys', 'id_trailboss.pub'), 'utf8')).trim();
}
