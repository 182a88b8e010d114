/** A hub with two accounts and plain clients of it, for the tests of the simulated hub. */
import { createHash } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { type SeedDevice, type SeededDevice, type SimulatedHub, type SimulatedHubOptions, startSimulatedHub } from './index.ts';

export const EMPTY_STATE = '{"#spec":"pantavisor-service-system@1"}';
export const SPEC = { '#spec': 'pantavisor-service-system@1' };
export const HEX = 'a'.repeat(24);

/** What a reply says, with whatever is in it: the tests look closer. */
export interface TestReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what a hub sends
  readonly body: any;
}

export interface Client {
  readonly token: string | undefined;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<TestReply>;
  get(path: string): Promise<TestReply>;
}

export function clientOf(url: string, token?: string): Client {
  const client: Client = {
    token,
    async call(method, path, body, headers = {}) {
      const reply = await fetch(path.startsWith('http') ? path : url + path, {
        method,
        redirect: 'manual',
        headers: {
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await reply.text();
      return { status: reply.status, headers: reply.headers, text, body: parsed(text) };
    },
    get: (path) => client.call('GET', path),
  };
  return client;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export async function signIn(hub: SimulatedHub, username: string, password = username, scope = ''): Promise<Client> {
  const reply = await clientOf(hub.url).call('POST', '/auth/login', { username, password, scope });
  if (reply.status !== 200) throw new Error(`login: ${reply.status} ${reply.text}`);
  return clientOf(hub.url, reply.body.token);
}

export interface TestHub {
  readonly hub: SimulatedHub;
  /** `user1`, `user2`, and somebody without a token. */
  readonly user: Client;
  readonly other: Client;
  readonly anyone: Client;
  /** A device of user1 with a factory state, signed in. */
  device(seed?: Partial<SeedDevice>): Promise<SeededDevice & { readonly client: Client }>;
  /** Stores an object through the API, as a client does it. */
  upload(content: string, name?: string): Promise<string>;
}

/** Closed when the test is over. */
export async function startTestHub(options: SimulatedHubOptions = {}): Promise<TestHub> {
  const hub = await startSimulatedHub({ accounts: ACCOUNTS, ...options });
  onTestFinished(() => hub.close());
  const [user, other] = [await signIn(hub, 'user1'), await signIn(hub, 'user2')];
  return {
    hub,
    user,
    other,
    anyone: clientOf(hub.url),
    async device(seed = {}) {
      const factory = { rev: 0, state: EMPTY_STATE, message: 'Factory', progress: { status: 'DONE' } };
      const seeded = hub.seedDevice({ owner: 'user1', nick: 'kitchen', steps: [factory], ...seed });
      return { ...seeded, client: await signIn(hub, `prn:::devices:/${seeded.id}`, seeded.secret) };
    },
    async upload(content, name = 'file') {
      const { info, sha } = objectInfo(content, name);
      const created = await user.call('POST', '/objects/', info);
      if (created.status === 200) await fetch(created.body['signed-puturl'], { method: 'PUT', body: content });
      return sha;
    },
  };
}

export const ACCOUNTS = ['user1', 'user2'].map((nick) => ({ nick, email: `${nick}@example.com`, password: nick }));

export function objectInfo(content: string, name = 'file'): { readonly sha: string; readonly info: Record<string, string> } {
  const sha = createHash('sha256').update(content).digest('hex');
  return { sha, info: { sha256sum: sha, objectname: name, size: String(Buffer.byteLength(content)), 'mime-type': 'text/plain' } };
}

/** What a token says. */
export function claimsIn(token: string | undefined): Record<string, unknown> {
  return JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString());
}
