// A simulated hub with devices inside the test's own process, and how a person signs in to it.
import { createHash } from 'node:crypto';
import { expect, type Locator, type Page } from '@playwright/test';
import { startSimulatedHub } from '../electron/simulator/hub/index.ts';
import { type HubFleet, startHubFleet } from '../electron/simulator/index.ts';
import { baseState } from '../electron/test-bench.ts';
import { type HubCaller, hubCaller } from './hub-caller.ts';

type HubOptions = NonNullable<Parameters<typeof startSimulatedHub>[0]>;
export type SimulatedHub = Awaited<ReturnType<typeof startSimulatedHub>>;
type SeedDevice = Parameters<SimulatedHub['seedDevice']>[0];

export interface LocalHub {
  readonly hub: SimulatedHub;
  readonly fleet: HubFleet;
  readonly ids: readonly string[];
  /** Devices that were off come up, and look for what waits for them. */
  switchOn(): Promise<void>;
  /** Another client of the same account, as a colleague's pvr. */
  colleague(): Promise<HubCaller>;
  /** Speaks for a device that is not on: what it would report. */
  asDevice(index: number): Promise<HubCaller>;
  /** A colleague posts. */
  post(device: string, rev: number, state: string, message: string): Promise<void>;
  close(): Promise<void>;
}

export interface LocalHubPace {
  readonly timeScale?: number;
  readonly bytesPerSecond?: number;
  /** Devices that are not on: what is posted waits. */
  readonly off?: boolean;
  /** More of each device, as `logs`. */
  readonly each?: Partial<SeedDevice>;
}

export const person = { nick: 'anna', email: 'anna@example.com', password: 'correct horse battery' } as const;

/** The state of `baseState` with objects whose bytes have the sha that names them: a device on a hub checks what it fetches. */
export function stateWithObjects(put: (content: string) => string): string {
  return ['a', 'b', 'c'].reduce((text, digit) => text.replaceAll(digit.repeat(64), put(`object ${digit}`)), baseState);
}

/** Starts a hub whose account has so many devices, `kitchen-1` and on, which run revision 1. */
export async function startLocalHub(count: number, options: HubOptions = {}, pace: LocalHubPace = {}): Promise<LocalHub> {
  const hub = await startSimulatedHub({ accounts: [person], ...options });
  const state = stateWithObjects((content) => hub.putObject(person.nick, content));
  const done = { status: 'DONE', progress: 100, 'status-msg': 'Update finished' };
  const seeded = hub.seedDevices(
    Array.from({ length: count }, (_, index) => ({
      owner: person.nick,
      nick: `kitchen-${index + 1}`,
      userMeta: { 'label.site': index % 2 === 0 ? 'lab' : 'field' },
      deviceMeta: {
        'pantavisor.revision': '1',
        'pantavisor.mode': 'remote',
        'pantavisor.arch': 'aarch64',
        'pantavisor.version': '029',
      },
      steps: [
        { rev: 0, state, message: 'Factory State (rev 0)', progress: done },
        { rev: 1, state, message: 'first', committer: 'anna', progress: done },
      ],
      ...pace.each,
    })),
  );
  const { timeScale = 0.05, bytesPerSecond, off = false } = pace;
  const turnOn = (credentials: typeof seeded, beatSeconds?: number) =>
    startHubFleet({
      hub,
      credentials,
      timeScale,
      ...(bytesPerSecond && { bytesPerSecond }),
      ...(beatSeconds && { beatSeconds }),
    });
  let fleet = turnOn(off ? [] : seeded);
  const colleague = () => hubCaller(hub.url, person.nick, person.password);
  return {
    hub,
    get fleet() {
      return fleet;
    },
    switchOn: async () => {
      await fleet.close();
      // What was posted while they were off is found at the first beat.
      fleet = turnOn(seeded, 20);
    },
    ids: seeded.map(({ id }) => id),
    colleague,
    asDevice: (index) => hubCaller(hub.url, `prn:::devices:/${seeded[index]?.id}`, seeded[index]?.secret ?? ''),
    post: async (device, rev, text, message) => {
      const { ask } = await colleague();
      await ask('POST', `/trails/${device}/steps`, { rev, state: JSON.parse(text), 'commit-msg': message, committer: 'ben' });
    },
    close: async () => {
      await fleet.close();
      await hub.close();
    },
  };
}

/** Runs the work with the hub, and closes the hub whatever comes of it. */
export async function withHub(start: Promise<LocalHub>, work: (local: LocalHub) => Promise<void>): Promise<void> {
  const local = await start;
  try {
    await work(local);
  } finally {
    await local.close();
  }
}

export function shaOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Opens the sign-in dialog from the fleet; where it asks first, tokens are kept in memory, or in a file under the passphrase. */
export async function openSignIn(page: Page, passphrase?: string): Promise<Locator> {
  const add = page.getByRole('button', { name: 'Add device', exact: true });
  const door = page.getByRole('button', { name: 'Sign in to a hub' });
  await expect(add.or(door)).toBeVisible();
  if (await add.isVisible()) {
    await add.click();
    await page.getByRole('menuitem', { name: 'Sign in to a hub…' }).click();
  } else await door.click();
  const dialog = page.getByRole('dialog');
  const memory = dialog.getByRole('radio', { name: /In memory only/ });
  await expect(memory.or(dialog.getByRole('textbox', { name: 'Hub address' }))).toBeVisible();
  if (await memory.isVisible()) {
    if (passphrase === undefined) await memory.check();
    else {
      await dialog.getByRole('radio', { name: /a passphrase locks/ }).check();
      await dialog.getByLabel('Passphrase', { exact: true }).fill(passphrase);
      await dialog.getByLabel('The same again', { exact: true }).fill(passphrase);
    }
    await dialog.getByRole('button', { name: 'Keep it so' }).click();
  }
  await expect(dialog.getByRole('textbox', { name: 'Hub address' })).toBeVisible();
  return dialog;
}

/** The sign-in dialog with a password; the button is pressed. */
export async function signInWith(dialog: Locator, url: string, password: string = person.password): Promise<void> {
  await dialog.getByRole('textbox', { name: 'Hub address' }).fill(url);
  await dialog.getByRole('textbox', { name: 'User name or e-mail' }).fill(person.nick);
  await dialog.getByRole('textbox', { name: 'Password' }).fill(password);
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** From the fleet: signs in with the password, keeping the token in memory where that is asked. */
export async function signIn(page: Page, url: string): Promise<void> {
  await signInWith(await openSignIn(page), url);
  await expect(page.getByRole('row', { name: /kitchen-1\b/ })).toBeVisible({ timeout: 15_000 });
}
