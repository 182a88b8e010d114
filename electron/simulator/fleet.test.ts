import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { forecast } from '../../shared/forecast/index.ts';
import { seedOf } from './demo/history.ts';
import { STORIES } from './demo/stories.ts';
import { type DemoFleet, startDemoFleet } from './fleet.ts';
import { testKey } from './test-login.ts';

const authorizedKey = testKey.publicLine;
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function freshDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'trailboss-fleet-'));
  closers.push(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

async function start(dir: string): Promise<DemoFleet> {
  const fleet = await startDemoFleet({ dir, timeScale: 1, authorizedKey });
  closers.push(() => fleet.close());
  return fleet;
}

describe('the demo fleet', () => {
  it('shows a dozen devices in telling conditions', async () => {
    const { devices } = await start(await freshDir());
    const conditions = devices.map(({ name, simulated }) => {
      const { running, checkpoint } = simulated.boot();
      return `${name}: ${running}, back to ${checkpoint}, ${simulated.life().phase.kind}${simulated.faults
        .list()
        .map((fault) => `, ${fault}`)
        .join('')}`;
    });
    expect(conditions).toEqual([
      'greenhouse-03: locals/os-2025-02, back to locals/os-2025-02, idle',
      'home-hub-attic: locals/ha-fix-history, back to locals/ha-2024-11, idle',
      'kiosk-lobby: locals/portrait, back to locals/kiosk-3.3, idle',
      'weather-mast: locals/base-029-1, back to locals/base-029-1, idle',
      'canteen-display: locals/kiosk-3.3, back to locals/kiosk-3.3, idle',
      'line-cam-07: locals/threshold, back to locals/threshold, idle, crash-loop:camera',
      'cellar-gateway: locals/modbus-0.5, back to locals/modbus-0.5, idle, not-answering',
      'press-shop-02: locals/modbus-0.5, back to locals/modbus-0.5, queued',
      'depot-lte-11: locals/support-access, back to locals/broker, idle',
      'test-bench-a: 6, back to 6, idle',
      'lab-nuc-01: locals/os-2025-02, back to locals/os-2025-02, idle',
      'fresh-board: locals/hello-flows, back to locals/hello-flows, idle',
    ]);
    expect(devices.filter(({ httpPort }) => httpPort === undefined).map(({ name }) => name)).toEqual(['test-bench-a']);
    expect(devices.filter(({ sshPort }) => sshPort === undefined).map(({ name }) => name)).toEqual(['weather-mast']);
  });

  it('has the objects of the running revision, whole', async () => {
    const { devices } = await start(await freshDir());
    for (const { httpPort, host, simulated } of devices) {
      if (httpPort === undefined || simulated.faults.list().includes('not-answering')) continue;
      const state = await (await fetch(`http://${host}:${httpPort}/cgi-bin/pvr/json`)).text();
      const shas = state.match(/"[0-9a-f]{64}"/g)?.map((quoted) => quoted.slice(1, -1)) ?? [];
      expect(shas.filter((sha) => !simulated.hasObject(sha))).toEqual([]);
    }
  });

  it('comes back at the same ports, with the same keys and trails', async () => {
    const dir = await freshDir();
    const first = await start(dir);
    const before = first.devices.map(({ name, httpPort, sshPort, hostKeyFingerprint }) => ({
      name,
      httpPort,
      sshPort,
      hostKeyFingerprint,
    }));
    await first.close();
    const second = await start(dir);
    expect(
      second.devices.map(({ name, httpPort, sshPort, hostKeyFingerprint }) => ({ name, httpPort, sshPort, hostKeyFingerprint })),
    ).toEqual(before);
  });

  it('ends each update the way that the forecast says', () => {
    for (const story of STORIES) {
      const { revisions } = seedOf(story, authorizedKey, 0);
      let running = revisions[0];
      for (const next of revisions.slice(1)) {
        const foreseen = forecast(running?.state ?? '', next.state);
        if (next.status === 'UPDATED') expect(foreseen, next.name).toMatchObject({ transition: 'non-reboot' });
        else expect(foreseen, next.name).toMatchObject({ kind: 'move' });
        if (next.status === 'UPDATED' || next.status === 'DONE') running = next;
      }
    }
  });
});
