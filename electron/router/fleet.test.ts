import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FleetEvent } from '../../shared/contract/fleet.ts';
import { DeviceId } from '../../shared/contract/ids.ts';
import { Audience } from '../fleet/audience.ts';
import { Fleet } from '../fleet/fleet.ts';
import { Neighbours } from '../fleet/neighbours.ts';
import type { SshService } from '../net/mdns.ts';
import { ScriptedBench } from '../revisions/scripted-device.ts';
import { fleetRouter } from './fleet.ts';
import type { Rooms } from './rooms.ts';

let bench: ScriptedBench;
beforeEach(() => {
  bench = new ScriptedBench();
});
afterEach(() => bench.close());

function clientOf(rooms: Partial<Rooms>) {
  const fallback = { demo: { running: false }, report: (error: unknown) => expect.fail(String(error)) };
  return createRouterClient(fleetRouter({ ...fallback, ...rooms } as unknown as Rooms));
}

it('a window that is open is somebody who looks, until its stream ends', async () => {
  const fleet = { audience: new Audience() } as unknown as Fleet;
  const stop = new AbortController();
  const stream = await clientOf({ fleet }).looking(undefined, { signal: stop.signal });
  expect((await stream.next()).value).toEqual({});
  expect(fleet.audience.isLooking).toBe(true);
  const end = stream.next();
  stop.abort();
  await end.catch(() => undefined);
  await expect.poll(() => fleet.audience.isLooking).toBe(false);
});

it('a large fleet begins with its first screenful by name, and ends with all of it', async () => {
  const { profile, fleet: running } = bench.rooms;
  await running.close();
  profile.devices.saveAll(
    Array.from({ length: 700 }, (_, number) => {
      const id = DeviceId.parse(`d${number}`);
      const hub = { accountId: 'a' as never, account: 'a', deviceId: `h${number}`, nick: `n${number}`, public: false };
      return {
        id,
        record: { id, name: `board ${(number * 37) % 700}`, connection: null, hub, demo: undefined, addedAt: number },
      };
    }),
  );
  const source = { kind: 'lan', open: () => bench.device.link() } as const;
  const fleet = new Fleet({ profile, source, now: Date.now, report: (error) => bench.reported.push(error) });
  const events: FleetEvent[] = [];
  for await (const event of await clientOf({ fleet }).watch()) {
    events.push(event);
    if (event.kind === 'complete') break;
  }
  const [first, ...rest] = events;
  if (first?.kind !== 'snapshot') throw new Error('a snapshot was expected');
  expect([first.total, first.devices.length, first.devices.at(0)?.name, first.devices.at(199)?.name]).toEqual([
    701,
    200,
    'board 0',
    'board 199',
  ]);
  const told = [first, ...rest].flatMap((event) => ('devices' in event ? event.devices.map(({ id }) => id) : []));
  expect(new Set(told).size).toBe(701);
  await fleet.close();
});

it('found devices begin with none, and those that are in the fleet are left out', async () => {
  const { fleet } = bench.rooms;
  const services = ['first', 'second'].map(
    (name): SshService => ({ name, host: `${name}.local`, addresses: ['192.0.2.1'], port: 22, txt: { 'device-id': '' } }),
  );
  const neighbours = new Neighbours((heard) => {
    queueMicrotask(() => heard(services));
    return () => undefined;
  });
  const stream = await clientOf({ fleet, neighbours }).discovered();
  const seen: string[][] = [];
  const next = async () => {
    const result = await stream.next();
    if (result.done) throw new Error('the stream ended');
    seen.push(result.value.map(({ name }) => name));
  };
  await next();
  await next();
  const ssh = { port: 22, user: '/', auth: { kind: 'own-key' as const } };
  fleet.add({ connection: { host: 'second.local', http: null, ssh } });
  await next();
  expect(seen).toEqual([[], ['first', 'second'], ['first']]);
  await stream.return();
});
