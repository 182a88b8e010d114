import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HubDeviceId } from '../../../shared/contract/hub.ts';
import { type SimulatedHub, startSimulatedHub } from '../../simulator/hub/index.ts';
import { parseCredential } from './credential.ts';
import { TestClient } from './test-client.ts';
import { TestHouse } from './test-house.ts';

const password = 'Zw0lf-Boxkämpfer "jagen" Viktor';
const mistyped = 'Zwolf-Boxkampfer jagen';
const passphrase = 'quer über den großen Deich';
const signal = AbortSignal.timeout(60_000);

let hub: SimulatedHub;
let house: TestHouse;
beforeEach(async () => {
  hub = await startSimulatedHub({ accounts: [{ nick: 'anna', email: 'anna@example.com', password }] });
  house = new TestHouse();
});
afterEach(async () => {
  await house.end();
  await hub.close();
});

/** Every file below a folder, with all its bytes. */
function contents(dir: string): readonly { readonly path: string; readonly bytes: Buffer }[] {
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

function filesWith(text: string): readonly string[] {
  const forms = spellings(text);
  return contents(house.dir).flatMap(({ path, bytes }) => (forms.some((form) => bytes.includes(form)) ? [path] : []));
}

it('neither password, passphrase, token, JWT nor device secret stands in any file of the profile, nor in the log', async () => {
  const device = await new TestClient(hub.url).registerDevice();
  await house.accounts.chooseSecrets({ kind: 'passphrase', passphrase });
  const login = (typed: string) =>
    house.accounts.signInWithPassword({ url: hub.url }, { username: 'anna', password: typed }, signal);
  const accountId = await login(password);
  await expect(login(mistyped)).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
  const credential = parseCredential(house.profile.secrets.get(accountId) ?? '');
  if (credential?.kind !== 'api-token') throw new Error('a token was expected');

  const claim = { accountId, deviceId: HubDeviceId.parse(device.id), challenge: device.challenge, nick: 'kitchen' };
  const row = await house.accounts.devices.claim(claim, signal);
  await house.accounts.devices.rename(row, 'cellar', signal);
  await house.accounts.devices.setPublic(row, true, signal);
  await house.accounts.refresh(accountId, signal);
  // An error that carries what it should not is still written without it.
  house.log.error(Object.assign(new Error('nobody foresaw this'), { token: credential.secret, password }));
  await house.accounts.chooseSecrets({ kind: 'memory' });
  await house.accounts.chooseSecrets({ kind: 'passphrase', passphrase });
  const whileOpen = contents(house.dir);
  await house.reopen();
  await house.accounts.unlockSecrets(passphrase);
  await house.accounts.devices.rename(house.fleet.heardOfDevice(accountId, { ...claimed(device.id) }), 'attic', signal);
  await house.close();

  // What may be found is found: the search sees every file.
  expect(filesWith('anna').map((path) => path.replace(/.*\//, ''))).toContain('trailboss.db');
  expect(filesWith('nobody foresaw this').map((path) => path.replace(/.*\//, ''))).toEqual(['trailboss.log']);
  expect(readdirSync(house.profile.dir)).toContain('secrets.json');
  for (const secret of [password, mistyped, passphrase, credential.secret, credential.name, device.secret]) {
    expect(filesWith(secret), `${secret.slice(0, 4)}…`).toEqual([]);
    for (const { path, bytes } of whileOpen) expect([path, bytes.includes(secret)]).toEqual([path, false]);
  }
  // Every JWT begins so.
  expect(filesWith('eyJhbGciOi')).toEqual([]);
});

function claimed(id: string) {
  const text = { id: HubDeviceId.parse(id), nick: 'cellar', owner: '', public: true, garbage: false };
  return { ...text, userMeta: {}, deviceMeta: {}, createdAt: undefined, modifiedAt: undefined };
}
