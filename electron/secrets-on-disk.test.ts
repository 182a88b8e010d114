import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient, type RouterClient } from '@orpc/server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DeviceSummary } from '../shared/contract/fleet.ts';
import { HubDeviceId } from '../shared/contract/hub.ts';
import { openBackend } from './backend.ts';
import { parseCredential } from './fleet/accounts/credential.ts';
import { TestClient } from './fleet/accounts/test-client.ts';
import type { HostedBackend } from './host.ts';
import type { Router } from './router/index.ts';
import { type SimulatedHub, startSimulatedHub } from './simulator/hub/index.ts';
import { openProfile } from './storage/profile.ts';
import { baseState, until } from './test-bench.ts';

const password = 'Zw0lf-Boxkämpfer "jagen" Viktor';
const mistyped = 'Zwolf-Boxkampfer jagen';
const passphrase = 'quer über den großen Deich';

let dir = '';
let hub: SimulatedHub;
let backend: HostedBackend | undefined;
let client: RouterClient<Router>;

async function open(): Promise<void> {
  const opened = await openBackend({ profileDir: join(dir, 'profile'), demo: false, version: 'test' });
  client = createRouterClient(opened.router as Router);
  backend = opened;
}

/** Once. */
async function close(): Promise<void> {
  const closing = backend;
  backend = undefined;
  await closing?.close();
}

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'trailboss-secrets-'));
  hub = await startSimulatedHub({ accounts: [{ nick: 'anna', email: 'anna@example.com', password }] });
  await open();
});
afterEach(async () => {
  await close();
  await hub.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Every file below the profile, with all its bytes. */
function contents(): readonly { readonly path: string; readonly bytes: Buffer }[] {
  const paths = readdirSync(dir, { recursive: true, encoding: 'utf8' }).map((name) => join(dir, name));
  return paths.filter((path) => statSync(path).isFile()).map((path) => ({ path, bytes: readFileSync(path) }));
}

/** A text as it may come to stand in a file; base64 of what surrounds it too, which looks different at each third byte. */
function spellings(text: string): readonly (string | Buffer)[] {
  const base64 = [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]).toString('base64');
    return whole.slice(4, -4);
  });
  const utf16 = Buffer.from(text, 'utf16le');
  return [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text), ...base64, Buffer.from(text).toString('hex'), utf16];
}

function filesWith(text: string, files = contents()): readonly string[] {
  const forms = spellings(text);
  return files.flatMap(({ path, bytes }) => (forms.some((form) => bytes.includes(form)) ? [path.replace(/.*\//, '')] : []));
}

const deviceNamed = async (name: string): Promise<DeviceSummary> => {
  let found: DeviceSummary | undefined;
  await until(client.fleet.watch(), (event) => {
    const devices = event.kind === 'snapshot' || event.kind === 'changed' ? event.devices : [];
    found = devices.find((device) => device.name === name);
    return found !== undefined;
  });
  return found ?? expect.fail(`there is no ${name}`);
};

/** Everything that has to do with secrets: signing in, a device's revisions, a post with an upload, claiming, failures. */
async function work(unclaimed: { readonly id: string; readonly challenge: string }): Promise<void> {
  const signIn = (typed: string) => client.hub.signIn({ url: hub.url, username: 'anna', password: typed });
  await client.hub.chooseSecrets({ kind: 'passphrase', passphrase });
  await expect(signIn(mistyped)).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
  const { accountId } = await signIn(password);
  const { id } = await deviceNamed('kitchen');
  await until(client.device.watch({ id }), (detail) => detail.summary.running?.revision === '0');
  await client.metadata.set({ id, key: 'site.name', value: 'lab' });

  const draft = await client.draft.create({ deviceId: id, revision: '0' });
  const bytes = new Blob(['another root']);
  const { fileId } = await client.draft.openFile({ size: bytes.size });
  await client.draft.sendPiece({ fileId, at: 0, bytes });
  const key = 'web/root.squashfs';
  const { version } = await client.draft.setFile({ draftId: draft.id, version: draft.version, key, fileId });
  const { updateId } = await client.update.post({ draftId: draft.id, version, name: '1', message: 'another root', via: 'hub' });
  await until(client.update.watch({ updateId }), (update) => update.phase === 'moving');

  const deviceId = HubDeviceId.parse(unclaimed.id);
  const claimed = await client.hub.claim({ accountId, deviceId, challenge: unclaimed.challenge, nick: 'cellar' });
  await client.hub.setPublic({ id: claimed.id, public: true });
  await client.hub.rename({ id: claimed.id, nick: 'attic' });
  hub.faults.set('every-500', { path: '/devices/', times: 1 });
  await expect(client.hub.rename({ id: claimed.id, nick: 'roof' })).rejects.toThrow();
  backend?.report?.(Object.assign(new Error('nobody foresaw this'), { password, token: passphrase }));
  await client.hub.chooseSecrets({ kind: 'memory' });
  await client.hub.chooseSecrets({ kind: 'passphrase', passphrase });
}

/** The account's token, as the store of secrets has it. */
async function tokenSecret(): Promise<string> {
  const profile = openProfile(join(dir, 'profile'), Date.now);
  try {
    await profile.secrets.unlock(passphrase);
    const [account] = profile.accounts.all();
    const credential = parseCredential(profile.secrets.get(account?.id ?? '') ?? '');
    return credential?.kind === 'api-token' ? credential.secret : expect.fail('a token was expected');
  } finally {
    profile.close();
  }
}

it('neither password, passphrase, token, JWT nor device secret stands in any file of the profile, nor in the log', async () => {
  const sha = ['a', 'b', 'c'].map((content) => hub.putObject('anna', content));
  const state = ['a', 'b', 'c'].reduce((text, digit, at) => text.replaceAll(digit.repeat(64), sha[at] ?? ''), baseState);
  const step = { rev: 0, state, message: 'Factory', progress: { status: 'DONE', progress: 100 } };
  const kitchen = hub.seedDevice({ owner: 'anna', nick: 'kitchen', steps: [step] });
  const cellar = await new TestClient(hub.url).registerDevice();
  await work(cellar);
  const whileOpen = contents();
  await close();
  await open();
  await client.hub.unlockSecrets({ passphrase });
  await until(client.hub.watch(), ({ accounts: [account] }) => account?.status.kind === 'open');
  await close();

  // Nothing but that was unexpected, not while closing either.
  const log = readFileSync(join(dir, 'profile', 'trailboss.log'), 'utf8');
  expect(log.match(/"msg":"unexpected".*|"level":50.*/g)).toEqual([expect.stringMatching(/nobody foresaw this/)]);
  // What may be found is found: the search sees every file.
  expect(filesWith('anna')).toContain('trailboss.db');
  expect(filesWith('nobody foresaw this')).toEqual(['trailboss.log']);
  expect(contents().map(({ path }) => path)).toContain(join(dir, 'profile', 'secrets.json'));
  for (const secret of [password, mistyped, passphrase, kitchen.secret, cellar.secret, await tokenSecret()]) {
    expect([filesWith(secret), filesWith(secret, whileOpen)], `${secret.slice(0, 4)}…`).toEqual([[], []]);
  }
  // Every JWT begins so, signed addresses too.
  expect([filesWith('eyJhbGciOi'), filesWith('eyJhbGciOi', whileOpen)]).toEqual([[], []]);
}, 60_000);
