import { RPCLink } from '@orpc/client/websocket';
import type { Line } from './connection.ts';

/** A line over a WebSocket, in the browser host. */
export function openSocketLine(address: string, signal: AbortSignal): Promise<Line> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address);
    const isOpen = () => socket.readyState === WebSocket.OPEN;
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
      resolve({ link: new RPCLink({ websocket: forgiving(socket) }), isOpen, closed, close: () => socket.close() }),
    );
  });
}

/**
 * A message that comes too late for a broken line is dropped, where oRPC would throw out of its own listeners; whoever waits
 * for its answer is told once more that the line is gone.
 */
function forgiving(socket: WebSocket): Pick<WebSocket, 'addEventListener' | 'removeEventListener' | 'send' | 'readyState'> {
  return {
    readyState: WebSocket.OPEN,
    addEventListener: socket.addEventListener.bind(socket),
    removeEventListener: socket.removeEventListener.bind(socket),
    send: (message: Parameters<WebSocket['send']>[0]) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(message);
      else setTimeout(() => socket.dispatchEvent(new Event('close')));
    },
  };
}

/** `wss` where the page came over TLS, `ws` otherwise. */
export function socketAddress(location: { readonly protocol: string; readonly host: string }): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/rpc`;
}
