/** A plain client for the tests of the simulated hub. */
import type { SimulatedHub } from './index.ts';

export const EMPTY_SPEC = '{"#spec":"pantavisor-service-system@1"}';

/** What a reply says, with whatever is in it: the tests look closer. */
export interface TestReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what a hub sends
  readonly body: any;
}

export interface Client {
  readonly url: string;
  readonly token: string | undefined;
  json(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<TestReply>;
}

export function clientOf(url: string, token?: string): Client {
  return {
    url,
    token,
    async json(method, path, body, headers = {}) {
      const reply = await fetch(url + path, {
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
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export async function signIn(hub: SimulatedHub, username: string, password = username): Promise<Client> {
  const reply = await clientOf(hub.url).json('POST', '/auth/login', { username, password });
  if (reply.status !== 200) throw new Error(`login: ${reply.status} ${reply.text}`);
  return clientOf(hub.url, reply.body.token);
}
