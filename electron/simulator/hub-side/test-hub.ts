/** For tests: a simulated hub, and a person who has an account there and posts over HTTP. */
import { createHash } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { type SimulatedHub, startSimulatedHub } from '../hub/index.ts';

const stepSchema = z.object({
  rev: z.number(),
  progress: z.object({
    status: z.string(),
    'status-msg': z.string(),
    downloads: z.object({ total: z.object({ total_size: z.number(), total_downloaded: z.number() }) }),
  }),
});
export type SeenStep = z.infer<typeof stepSchema>;

const deviceSchema = z.looseObject({
  id: z.string(),
  owner: z.string(),
  'user-meta': z.record(z.string(), z.json()),
  'device-meta': z.record(z.string(), z.json()),
});

export type Owner = {
  readonly nick: string;
  /** The status and the parsed body of any request. */
  ask(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: unknown }>;
  /** Uploads bytes as an object; their sha. */
  upload(content: string | Uint8Array): Promise<string>;
  /** Posts the next step. */
  post(device: string, state: string, message?: string): Promise<number>;
  step(device: string, rev: number): Promise<SeenStep>;
  device(id: string): Promise<z.infer<typeof deviceSchema>>;
};

export type TestHub = { readonly hub: SimulatedHub; readonly owner: Owner };

export const OWNER = { nick: 'owner', email: 'owner@example.com', password: 'a long enough password' } as const;

type HubOptions = Parameters<typeof startSimulatedHub>[0];

export async function startHub(options: HubOptions): Promise<SimulatedHub> {
  const hub = await startSimulatedHub({ accounts: [OWNER], ...options });
  onTestFinished(() => hub.close());
  return hub;
}

export async function startTestHub(options: HubOptions = {}): Promise<TestHub> {
  const hub = await startHub(options);
  return { hub, owner: await signIn(hub.url) };
}

export async function signIn(url: string): Promise<Owner> {
  const json = { 'Content-Type': 'application/json' };
  const credentials = JSON.stringify({ username: OWNER.nick, password: OWNER.password });
  const reply = await fetch(`${url}/auth/login`, { method: 'POST', headers: json, body: credentials });
  const { token } = z.object({ token: z.string() }).parse(await reply.json());
  const headers = { ...json, Authorization: `Bearer ${token}` };

  const ask: Owner['ask'] = async (method, path, body) => {
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const answer = await fetch(`${url}${path}`, { method, headers, ...sent });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
  };

  return {
    nick: OWNER.nick,
    ask,
    async upload(content) {
      const bytes = Buffer.from(content);
      const sha256sum = createHash('sha256').update(bytes).digest('hex');
      const offer = await ask('POST', '/objects/', { objectname: 'x', sha256sum, size: String(bytes.length) });
      if (offer.status === 409) return sha256sum;
      const { 'signed-puturl': target } = z.object({ 'signed-puturl': z.string() }).parse(offer.body);
      await fetch(target, { method: 'PUT', body: bytes });
      return sha256sum;
    },
    async post(device, state, message = 'Test') {
      const { body } = await ask(
        'POST',
        `/trails/${device}/steps`,
        `{"rev":-1,"commit-msg":${JSON.stringify(message)},"state":${state}}`,
      );
      return z.object({ rev: z.number() }).parse(body).rev;
    },
    step: async (device, rev) => stepSchema.parse((await ask('GET', `/trails/${device}/steps/${rev}`)).body),
    device: async (id) => deviceSchema.parse((await ask('GET', `/devices/${id}`)).body),
  };
}
