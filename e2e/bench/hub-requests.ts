import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient, type RouterClient } from '@orpc/server';
import { z } from 'zod';
import { openBackend } from '../../electron/backend.ts';
import type { Router } from '../../electron/router/index.ts';
import type { DeviceSummary } from '../../shared/contract/fleet.ts';
import { person } from '../local-hub.ts';
import { type StartedProcess, started } from './processes.ts';
import type { Figure } from './table.ts';

const Asked = z.record(z.string(), z.number());
const windowMs = 120_000;

/** Requests per hour, from what is asked in two minutes: just signed in, at rest, with the fleet open, with 50 updates on their way. */
export async function measureHubRequests(): Promise<readonly Figure[]> {
  const dir = await mkdtemp(join(tmpdir(), 'trailboss-bench-'));
  const hub = await started(['hub-process.ts', '1000', '0', 'alive'], /hub (\S+)/);
  const backend = await openBackend({ profileDir: dir, demo: false, version: 'bench' });
  const client = createRouterClient(backend.router as Router);
  try {
    await client.hub.chooseSecrets({ kind: 'memory' });
    await client.hub.signIn({ url: hub.said, username: person.nick, password: person.password });
    const devices = await listed(client, 1000);
    const figures = [await figure(hub, 'the first two minutes, nobody looks'), await figure(hub, 'at rest, nobody looks')];
    const looking = new AbortController();
    const fleet = await client.fleet.watch(undefined, { signal: looking.signal });
    const draining = Promise.all([drain(fleet), drain(await client.fleet.looking(undefined, { signal: looking.signal }))]);
    figures.push(await figure(hub, 'at rest, the fleet is open'));
    for (const { id } of devices.filter(({ condition }) => condition === 'up-to-date').slice(0, 50)) await post(client, id);
    figures.push(await figure(hub, '50 updates on their way, the fleet is open'));
    looking.abort();
    await draining;
    return figures;
  } finally {
    await backend.close();
    hub.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

async function listed(client: RouterClient<Router>, count: number): Promise<readonly DeviceSummary[]> {
  const devices = new Map<string, DeviceSummary>();
  for await (const event of await client.fleet.watch()) {
    if (event.kind === 'snapshot' || event.kind === 'changed') for (const device of event.devices) devices.set(device.id, device);
    const heard = [...devices.values()].filter(({ running }) => running?.status !== undefined);
    if (heard.length >= count * 0.9) return [...devices.values()];
  }
  throw new Error('the fleet ended before its devices were listed');
}

async function drain(stream: AsyncIterable<unknown>): Promise<void> {
  try {
    for await (const _event of stream);
  } catch {
    // It was ended from here.
  }
}

/** A draft of the running revision with one inline entry more, posted to the hub. */
async function post(client: RouterClient<Router>, deviceId: DeviceSummary['id']): Promise<void> {
  const draft = await client.draft.create({ deviceId, revision: 'current' });
  const key = '_config/bench/note.json';
  const { version } = await client.draft.setJson({ draftId: draft.id, version: draft.version, key, text: '{"bench":true}' });
  const plan = await client.update.plan({ draftId: draft.id, via: 'hub' });
  await client.update.post({ draftId: draft.id, version, name: plan.suggestedName, message: 'bench', via: 'hub' });
}

async function figure(hub: StartedProcess, what: string): Promise<Figure> {
  await hub.ask(/asked (\{.*\})/);
  await new Promise((resolve) => setTimeout(resolve, windowMs));
  const asked = Asked.parse(JSON.parse(await hub.ask(/asked (\{.*\})/)));
  const perHour = (count: number) => Math.round((count * 3_600_000) / windowMs);
  const mine = Object.entries(asked);
  const total = mine.reduce((sum, [, count]) => sum + count, 0);
  const most = mine.sort(([, a], [, b]) => b - a).slice(0, 4);
  return { what, value: `${perHour(total)} /h`, note: most.map(([route, count]) => `${route} ${perHour(count)}`).join(', ') };
}
