// Somebody else who speaks to a simulated hub: a colleague's pvr, or a device. https goes without a look at the certificate.
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { expect } from '@playwright/test';
import { z } from 'zod';

export interface HubCaller {
  readonly token: string;
  /** The parsed body of an answer with status 200; any other fails the test. */
  ask(method: string, path: string, body?: unknown): Promise<unknown>;
}

/** Logs in with a password or with a device's secret. */
export async function hubCaller(url: string, username: string, password: string): Promise<HubCaller> {
  const login = await exchange(`${url}/auth/login`, 'POST', { username, password });
  const { token } = z.object({ token: z.string().min(1) }).parse(login.body);
  return {
    token,
    async ask(method, path, body) {
      const answer = await exchange(`${url}${path}`, method, body, token);
      expect(answer.status, `${method} ${path}`).toBe(200);
      return answer.body;
    },
  };
}

/** The personal tokens of an account that were not revoked, by name. */
export async function tokensOf({ ask }: HubCaller): Promise<readonly { readonly id: string; readonly name: string }[]> {
  return z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) }).parse(await ask('GET', '/tokens/')).items;
}

const Metadata = z.record(z.string(), z.unknown());

/** What a device is told, as its account's other clients read it. */
export async function userMetaOf({ ask }: HubCaller, device: string): Promise<Readonly<Record<string, unknown>>> {
  return Metadata.parse(await ask('GET', `/devices/${device}/user-meta`));
}

function exchange(
  url: string,
  method: string,
  body: unknown,
  token?: string,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    'User-Agent': 'pvr',
    ...(text === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }),
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
  };
  return new Promise((resolve, reject) => {
    const options = { method, headers };
    const sent = url.startsWith('https:') ? secure(url, { ...options, rejectUnauthorized: false }) : plain(url, options);
    sent.once('error', reject);
    sent.once('response', (reply) => {
      let read = '';
      reply.setEncoding('utf8');
      reply.on('data', (chunk: string) => {
        read += chunk;
      });
      reply.once('error', reject);
      reply.once('end', () => resolve({ status: reply.statusCode ?? 0, body: read === '' ? undefined : JSON.parse(read) }));
    });
    sent.end(text);
  });
}
