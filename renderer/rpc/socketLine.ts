import { RPCLink } from '@orpc/client/websocket';
import type { Line } from './connection.ts';

/** A line over a WebSocket, in the browser host. */
export function openSocketLine(address: string, signal: AbortSignal): Promise<Line> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address);
    const abort = () => socket.close();
    signal.addEventListener('abort', abort, { once: true });
    const closed = new Promise<void>((gone) => {
      socket.addEventListener('close', () => {
        signal.removeEventListener('abort', abort);
        gone();
        reject(new Error('The backend closed the connection.'));
      });
    });
    socket.addEventListener('open', () =>
      resolve({
        link: new RPCLink({ websocket: socket }),
        isOpen: () => socket.readyState === WebSocket.OPEN,
        closed,
        close: () => socket.close(),
      }),
    );
  });
}

/** `wss` where the page came over TLS, `ws` otherwise. */
export function socketAddress(location: { readonly protocol: string; readonly host: string }): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/rpc`;
}
