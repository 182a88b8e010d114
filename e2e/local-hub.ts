// A simulated hub with devices inside the test's own process, and how a person signs in to it.
import { createHash } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { z } from 'zod';
import { startSimulatedHub } from '../electron/simulator/hub/index.ts';
import { type HubFleet, startHubFleet } from '../electron/simulator/index.ts';
import { baseState } from '../electron/test-bench.ts';

type HubOptions = NonNullable<Parameters<typeof startSimulatedHub>[0]>;
export type SimulatedHub = Awaited<ReturnType<typeof startSimulatedHub>>;

export interface LocalHub {
  readonly hub: SimulatedHub;
  readonly fleet: HubFleet;
  readonly ids: readonly string[];
  /** Another client of the same account, as a colleague's pvr. */
  post(device: string, rev: number, state: string, message: string): Promise<void>;
  close(): Promise<void>;
}

export const person = { nick: 'anna', email: 'anna@example.com', password: 'correct horse battery' } as const;

/** The state of `baseState` with objects whose bytes have the sha that names them: a device on a hub checks what it fetches. */
export function stateWithObjects(put: (content: string) => string): string {
  return ['a', 'b', 'c'].reduce((text, digit) => text.replaceAll(digit.repeat(64), put(`object ${digit}`)), baseState);
}

/** Starts a hub whose account has so many devices, `kitchen-1` and on, which run revision 1. */
export async function startLocalHub(
  count: number,
  options: HubOptions = {},
  pace: { readonly timeScale?: number; readonly bytesPerSecond?: number } = {},
): Promise<LocalHub> {
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
    })),
  );
  const { timeScale = 0.05, bytesPerSecond } = pace;
  const fleet = startHubFleet({ hub, credentials: seeded, timeScale, ...(bytesPerSecond && { bytesPerSecond }) });
  return {
    hub,
    fleet,
    ids: seeded.map(({ id }) => id),
    post: (device, rev, text, message) =>
      postAs(hub.url, device, { rev, state: JSON.parse(text), 'commit-msg': message, committer: 'ben' }),
    close: async () => {
      await fleet.close();
      await hub.close();
    },
  };
}

async function postAs(url: string, device: string, step: object): Promise<void> {
  const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify({ username: person.nick, password: person.password });
  const login = await fetch(`${url}/auth/login`, { method: 'POST', headers, body });
  const { token } = z.object({ token: z.string() }).parse(await login.json());
  const answer = await fetch(`${url}/trails/${device}/steps`, {
    method: 'POST',
    headers: { ...headers, Authorization: `Bearer ${token}` },
    body: JSON.stringify(step),
  });
  expect(answer.status).toBe(200);
}

export function shaOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** From any screen: signs in with the password, keeping the token in memory where that is asked. */
export async function signIn(page: Page, url: string): Promise<void> {
  await page.getByRole('button', { name: 'Sign in to a hub' }).first().click();
  const memory = page.getByRole('radio', { name: /In memory only/ });
  const address = page.getByRole('textbox', { name: 'Hub address' });
  await expect(memory.or(address)).toBeVisible();
  if (await memory.isVisible()) {
    await memory.check();
    await page.getByRole('button', { name: 'Keep it so' }).click();
  }
  await address.fill(url);
  await page.getByRole('textbox', { name: 'User name or e-mail' }).fill(person.nick);
  await page.getByLabel('Password', { exact: true }).last().fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('row', { name: /kitchen-1\b/ })).toBeVisible({ timeout: 15_000 });
}
