import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { Bonjour } from 'bonjour-service';
import { describe, expect, it, vi } from 'vitest';
import { loopbackMulticast } from './loopback-multicast.ts';
import { listenForSsh, type SshService } from './mdns.ts';

const network = await loopbackMulticast();
if (typeof network === 'string') console.info(`not tried: ${network}`);

describe.skipIf(typeof network === 'string')('services on the network', () => {
  if (typeof network === 'string') return;

  it('come up with what they say of themselves, change and go', async () => {
    const responder = new Bonjour(network);
    const txt = { 'device-id': '5f0000000000000000000001', challenge: 'a-b-c', pantahub: 'https://api.pantahub.com' };
    const service = responder.publish({ name: 'board', type: 'ssh', host: 'board.local', port: 8222, txt, probe: false });
    let services: readonly SshService[] = [];
    const stop = listenForSsh((all) => {
      services = all;
    }, network);
    try {
      await vi.waitFor(() => expect(services).toHaveLength(1), 10_000);
      expect(services[0]).toMatchObject({ name: 'board', host: 'board.local', port: 8222, txt });
      await new Promise((resolve) => service.stop(resolve));
      await vi.waitFor(() => expect(services).toEqual([]), 10_000);
    } finally {
      stop();
      await new Promise((resolve) => responder.destroy(() => resolve(undefined)));
    }
  });

  it('are listened for no longer than somebody wants to hear', async () => {
    listenForSsh(() => undefined, network)();
    await vi.waitFor(() => expect(process.getActiveResourcesInfo()).not.toContain('UDPWrap'), 5000);
  });
});

it('a network that can not be listened on gives nothing, and no error', async () => {
  const held = createSocket({ type: 'udp4' });
  held.bind({ port: 0, exclusive: true });
  await once(held, 'listening');
  const { port: taken } = held.address();
  const heard = vi.fn();
  const stops = ['127.0.0.1', '203.0.113.9'].map((address) =>
    listenForSsh(heard, { interface: address, bind: '0.0.0.0', port: taken }),
  );
  // Binding fails in the order in which it was asked for: when this one has, those before have.
  const last = createSocket({ type: 'udp4', reuseAddr: true });
  last.bind(taken);
  await once(last, 'error');
  for (const stop of stops) stop();
  last.close();
  held.close();
  expect(heard).not.toHaveBeenCalled();
});
