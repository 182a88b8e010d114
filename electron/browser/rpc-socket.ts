import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { type KnownOrigins, refuseUpgrade } from './guard.ts';

/** One message may carry this much at most (bytes); files come in parts well below it. */
const maxMessageBytes = 64 * 1024 * 1024;

export interface RpcSocketOptions {
  readonly router: AnyRouter;
  readonly known: KnownOrigins;
  hasSession(request: IncomingMessage): Promise<boolean>;
}

/** Takes WebSocket upgrades of `/rpc` from our own pages and serves the contract on them. */
export function acceptRpcSockets(server: Server, options: RpcSocketOptions): { close(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false });
  const handler = new RPCHandler(options.router);

  async function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const refusal = refuseUpgrade({ method: request.method ?? '', path, headers: request.headers }, options.known);
    if (refusal !== undefined) return refuse(stream, refusal.status, refusal.reason);
    if (!(await options.hasSession(request))) return refuse(stream, 401, 'This page needs a fresh address.');
    sockets.handleUpgrade(request, stream, head, (socket) => {
      socket.on('error', () => socket.terminate());
      void handler.upgrade(socket, { context: {} });
    });
  }

  server.on('upgrade', (request, stream, head) => {
    stream.on('error', () => stream.destroy());
    upgrade(request, stream, head).catch((error: unknown) => {
      console.error('trailboss: a WebSocket upgrade failed:', error);
      stream.destroy();
    });
  });

  return {
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

function refuse(stream: Duplex, status: number, reason: string): void {
  const body = `${reason}\n`;
  stream.end(
    `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
