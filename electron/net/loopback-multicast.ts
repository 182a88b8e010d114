/** For tests: whether loopback carries multicast on this machine, which a container or a firewall may forbid. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { MdnsNetwork } from './mdns.ts';

const group = '224.0.0.251';
const loopback = '127.0.0.1';

/** Loopback, with a UDP port that nobody else listens on; else why not. */
export async function loopbackMulticast(): Promise<MdnsNetwork | string> {
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  try {
    socket.bind(0);
    await once(socket, 'listening');
    socket.addMembership(group, loopback);
    socket.setMulticastInterface(loopback);
    const { port } = socket.address();
    const arrived = once(socket, 'message', { signal: AbortSignal.timeout(2000) });
    socket.send('there?', port, group);
    await arrived;
    return { interface: loopback, bind: '0.0.0.0', port };
  } catch (error) {
    return `loopback carries no multicast here: ${error instanceof Error ? error.message : error}`;
  } finally {
    socket.close();
  }
}
