import { RPCLink } from '@orpc/client/message-port';
import type { Line } from './connection.ts';

const portMessage = 'trailboss:port';

/**
 * A line over the MessagePort that the preload script hands over by a window message. The main process sends another one
 * when the window reloads or the backend was started anew.
 */
export class PortLines {
  #arrived: MessagePort | undefined;
  #waiter: ((port: MessagePort) => void) | undefined;

  constructor(target: Pick<Window, 'addEventListener'>, origin: string) {
    target.addEventListener('message', (event) => {
      const port = event.ports[0];
      if (event.origin !== origin || !isPortMessage(event.data) || port === undefined) return;
      this.#arrived = port;
      this.#waiter?.(port);
    });
  }

  readonly open = async (signal: AbortSignal): Promise<Line> => {
    const port = this.#arrived ?? (await this.#next(signal));
    this.#arrived = undefined;
    return lineOf(port);
  };

  #next(signal: AbortSignal): Promise<MessagePort> {
    return new Promise((resolve, reject) => {
      this.#waiter = (port) => {
        this.#waiter = undefined;
        resolve(port);
      };
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  }
}

function lineOf(port: MessagePort): Line {
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  let open = true;
  // A message into a closed port vanishes: whoever waits for its answer is told once more that the line is gone.
  const link = new RPCLink({
    port: {
      addEventListener: port.addEventListener.bind(port),
      postMessage: (message: unknown) => {
        if (open) port.postMessage(message);
        else setTimeout(() => port.dispatchEvent(new Event('close')));
      },
    },
  });
  const end = () => {
    open = false;
    resolve();
  };
  port.addEventListener('close', end);
  port.start();
  return {
    link,
    isOpen: () => open,
    closed,
    close: () => {
      port.close();
      end();
    },
  };
}

function isPortMessage(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === portMessage;
}
