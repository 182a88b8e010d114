// A bad network between Trailboss and a device: bytes come late, slowly, broken or not at all. On real sockets.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export type NetworkFault =
  /** Every piece arrives so much later, in milliseconds. */
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'slow'; readonly bytesPerSecond: number }
  /** Open connections end in the middle, and new ones as soon as they are made. */
  | { readonly kind: 'cut' }
  /** The same with a reset instead of an end. */
  | { readonly kind: 'reset' }
  /** Connections are taken, and nothing passes any more. */
  | { readonly kind: 'silence' }
  /** What the device says is noise. */
  | { readonly kind: 'garbage' };

export interface FaultProxy {
  readonly port: number;
  /** Holds from now on, for open connections too; undefined: a good network. */
  set(fault: NetworkFault | undefined): void;
  /** Connections that were taken so far. */
  taken(): number;
  close(): Promise<void>;
}

/** Passes connections on to a port of loopback, as well as the fault of the moment lets it. */
export async function startFaultProxy(targetPort: number): Promise<FaultProxy> {
  let fault: NetworkFault | undefined;
  let taken = 0;
  const open = new Set<Socket>();
  const end = (socket: Socket) => (fault?.kind === 'reset' ? socket.resetAndDestroy() : socket.destroy());
  const server = createServer({ allowHalfOpen: true }, (near) => {
    taken += 1;
    if (fault?.kind === 'cut' || fault?.kind === 'reset') return void end(near);
    const far = connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
    }
    void pass(near, far, () => fault, false);
    void pass(far, near, () => fault, true);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    set: (next) => {
      fault = next;
      if (next?.kind === 'cut' || next?.kind === 'reset') for (const socket of open) end(socket);
    },
    taken: () => taken,
    close: () =>
      new Promise((closed) => {
        fault = undefined;
        server.close(() => closed());
        for (const socket of open) socket.destroy();
      }),
  };
}

/** Piece by piece, so that a slow side holds the other back. */
async function pass(from: Socket, to: Socket, faultNow: () => NetworkFault | undefined, fromDevice: boolean): Promise<void> {
  try {
    for await (const piece of from as AsyncIterable<Buffer>) {
      const fault = faultNow();
      if (fault?.kind === 'silence') continue;
      if (fault?.kind === 'delay') await pause(fault.ms);
      if (fault?.kind === 'slow') await pause((piece.length / fault.bytesPerSecond) * 1000);
      const bytes = fault?.kind === 'garbage' && fromDevice ? noise(piece) : piece;
      if (to.destroyed) return;
      if (!to.write(bytes)) await Promise.race([once(to, 'drain'), once(to, 'close')]);
    }
    to.end();
  } catch {
    // The connection broke, which is what this is for.
  }
}

/** As many bytes as were said, none of them right; the same each time. */
function noise(piece: Buffer): Buffer {
  return Buffer.from(piece.map((byte, index) => byte ^ (0x55 + (index % 7))));
}

function once(socket: Socket, event: 'drain' | 'close'): Promise<void> {
  return new Promise((resolve) => socket.once(event, () => resolve()));
}
