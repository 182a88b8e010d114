import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startSimulatedHub } from '../../simulator/hub/index.ts';
import { openHub, parsePvrAuth, pkceFinish, pkceStart, probeHub, signInWithPassword, signInWithToken } from './index.ts';
import { closeAll, closers, jwt, never, open, problemOf } from './test-support.ts';

const accounts = [{ nick: 'user1', email: 'user1@example.com', password: 'user1' }];
const ports = { now: Date.now, computer: 'bench', signal: never };
const pem = (name: string) => readFileSync(join(import.meta.dirname, '../../net/fixtures/tls', name), 'utf8');

async function start(options: { readonly pkce?: boolean; readonly cert?: string } = {}) {
  const { cert, ...rest } = options;
  const tls = cert === undefined ? {} : { tls: { key: pem('server.key'), cert: pem(cert) } };
  const hub = await startSimulatedHub({ accounts, ...rest, ...tls });
  closers.push(() => hub.close());
  return hub;
}

afterEach(closeAll);

describe('signing in by browser', () => {
  it('is offered where the hub has it', async () => {
    for (const pkce of [true, false]) {
      const hub = await start({ pkce });
      expect(await probeHub({ url: hub.url }, ports)).toEqual({ kind: 'hub', browserSignIn: pkce });
    }
  });

  it('ends in an API token', async () => {
    const hub = await start();
    const redirectUri = 'http://localhost:45678/callback';
    const { authorizeUrl, state, verifier } = pkceStart({ url: hub.url }, redirectUri);
    const authorized = await fetch(authorizeUrl, { redirect: 'manual' });
    const cookie = authorized.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const page = new URL(authorized.headers.get('location') ?? '');
    const form = new URLSearchParams([...page.searchParams, ['username', 'user1'], ['password', 'user1']]);
    const done = await fetch(page, { method: 'POST', redirect: 'manual', headers: { cookie }, body: form });
    const back = new URL(done.headers.get('location') ?? '');
    expect([`${back.origin}${back.pathname}`, back.searchParams.get('state')]).toEqual([redirectUri, state]);
    const code = back.searchParams.get('code') ?? '';
    expect((await problemOf(pkceFinish({ url: hub.url }, { code: 'x', verifier, redirectUri }, ports))).code).toBe(
      'LOGIN_REFUSED',
    );
    const token = await pkceFinish({ url: hub.url }, { code, verifier, redirectUri }, ports);
    const { user, credential } = await signInWithToken({ url: hub.url }, token, ports);
    expect([user.nick, credential.kind]).toEqual(['user1', 'api-token']);
    expect((await open(hub, credential).user(never)).nick).toBe('user1');
  });

  it('never has the same secret twice', () => {
    const begin = () => pkceStart({ url: 'https://api.pantahub.com' }, 'http://localhost:1/callback');
    const [one, two] = [begin(), begin()];
    expect(one.verifier).not.toBe(two.verifier);
    expect(one.authorizeUrl).not.toContain(one.verifier);
  });
});

describe('a hub with a certificate of its own', () => {
  it('is trusted with the authority that was given, and with no other', async () => {
    const hub = await start({ cert: 'server.pem' });
    const untrusted = { kind: 'problem', problem: { code: 'UNTRUSTED_CERTIFICATE', next: expect.stringContaining('PEM') } };
    expect(await probeHub({ url: hub.url }, ports)).toMatchObject(untrusted);
    const address = { url: hub.url, ca: pem('ca.pem') };
    expect(await probeHub(address, ports)).toMatchObject({ kind: 'hub' });
    const { credential } = await signInWithPassword(address, { username: 'user1', password: 'user1' }, ports);
    const client = openHub(address, credential, { now: Date.now, onCredential: () => undefined });
    closers.push(() => client.close());
    expect(await client.devices(never)).toEqual([]);
  });

  it.each([
    ['expired.pem', 'expired'],
    ['other-name.pem', 'another name'],
  ])('says what is wrong with it: %s', async (cert, words) => {
    const hub = await start({ cert });
    const probe = await probeHub({ url: hub.url, ca: pem('ca.pem') }, ports);
    expect(probe).toMatchObject({ problem: { code: 'UNTRUSTED_CERTIFICATE', what: expect.stringContaining(words) } });
  });

  it('a file that is no certificate is said to be none', async () => {
    const probe = await probeHub({ url: 'https://127.0.0.1:1', ca: 'hello' }, ports);
    expect(probe).toMatchObject({ problem: { code: 'UNTRUSTED_CERTIFICATE', what: expect.stringContaining('can’t be read') } });
  });

  it('http where it is https, and the other way round, is no hub', async () => {
    const plain = await start();
    const secure = await start({ cert: 'server.pem' });
    for (const url of [plain.url.replace('http:', 'https:'), secure.url.replace('https:', 'http:')]) {
      const probe = await probeHub({ url }, ports);
      expect(probe.kind === 'problem' && ['NOT_A_HUB', 'NOT_ANSWERING']).toContain(
        probe.kind === 'problem' && probe.problem.code,
      );
    }
  });
});

describe('what pvr login left', () => {
  const token = jwt({ exp: 1_800_000_000, orig_iat: 1_799_990_000, type: 'USER', nick: 'user1' });

  it('is read, one session for each hub', () => {
    const text = JSON.stringify({
      spec: '1',
      tokens: {
        'https://api.pantahub.com:443/auth realm=pantahub services': { Name: '', 'access-token': token, 'refresh-token': token },
        'http://localhost:12365/auth realm=pantahub services': { 'access-token': 'no token' },
        'nowhere realm=x': { 'access-token': token },
        'https://other.example/auth realm=x': null,
      },
    });
    expect(parsePvrAuth(text)).toEqual([{ url: 'https://api.pantahub.com', nick: 'user1', token, endsAt: 1_800_000_000_000 }]);
  });

  it.each(['', '{', '[]', 'null', '{"spec":"1","tokens":null}'])('is nothing in %j', (text) => {
    expect(parsePvrAuth(text)).toEqual([]);
  });

  it('is refused when it has ended', async () => {
    const hub = await start();
    expect((await problemOf(signInWithToken({ url: hub.url }, token, ports))).code).toBe('LOGIN_REFUSED');
  });
});
