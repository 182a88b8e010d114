// What may answer at an address instead of a device: web servers that are no device, and devices that went mad. On real sockets.
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';

export interface HostileServer {
  readonly port: number;
  /** Bytes of bodies that were handed to the socket so far. */
  sent(): number;
  /** Replies that somebody still reads. */
  open(): number;
  close(): Promise<void>;
}

/** How a path is answered: a whole reply, or something worse. */
export type Answer =
  | { readonly kind: 'reply'; readonly status?: number; readonly type?: string; readonly body: string }
  /** Announces all of `body` and ends the connection after half of it. */
  | { readonly kind: 'truncated'; readonly body: string }
  /** Repeats `piece` until `bytes` are out, or for ever. */
  | { readonly kind: 'stream'; readonly start: string; readonly piece: string; readonly bytes?: number };

const json = 'application/json';

/** A web server on loopback that answers each path as told, and what is not told with 404. */
export async function startHostileServer(answer: (path: string, origin: string) => Answer | undefined): Promise<HostileServer> {
  let sent = 0;
  let open = 0;
  const write = (response: ServerResponse, text: string): boolean => {
    sent += text.length;
    return response.write(text);
  };
  const server = createServer((request, response) => {
    open += 1;
    response.on('close', () => {
      open -= 1;
    });
    response.on('error', () => undefined);
    const origin = `http://${request.headers.host ?? ''}`;
    const chosen = answer(request.url ?? '', origin) ?? {
      kind: 'reply',
      status: 404,
      type: 'text/html',
      body: '<h1>Not Found</h1>',
    };
    switch (chosen.kind) {
      case 'reply':
        response.writeHead(chosen.status ?? 200, { 'content-type': chosen.type ?? json });
        sent += chosen.body.length;
        response.end(chosen.body);
        return;
      case 'truncated':
        response.writeHead(200, { 'content-type': json, 'content-length': chosen.body.length });
        response.write(chosen.body.slice(0, chosen.body.length / 2), () => request.socket.destroy());
        return;
      case 'stream': {
        response.writeHead(200, { 'content-type': json });
        let left = chosen.bytes ?? Number.POSITIVE_INFINITY;
        const more = (): void => {
          while (!response.destroyed) {
            if (left <= 0) return void response.end();
            left -= chosen.piece.length;
            if (!write(response, chosen.piece)) return void response.once('drain', more);
          }
        };
        write(response, chosen.start);
        more();
      }
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    sent: () => sent,
    open: () => open,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** Describes itself as the pvr endpoint of a device does, and then answers for its state with `state`. */
export function startFalseDevice(state: Answer): Promise<HostileServer> {
  return startHostileServer((path, origin) => {
    if (path.endsWith('/.pvrremote')) return { kind: 'reply', body: description(origin) };
    return path.endsWith('/json') ? state : undefined;
  });
}

function description(origin: string): string {
  const base = `${origin}/cgi-bin/pvr`;
  return JSON.stringify({
    'pvr-spec': 'pvr-pantahub-1',
    'json-get-url': `${base}/json`,
    'objects-endpoint': `${base}/objects`,
    'post-url': `${base}/post`,
    'post-fields': ['commit-msg'],
    'post-fields-opt': ['rev'],
  });
}

/** A port of loopback on which nobody listens: it was free a moment ago. */
export async function refusedPort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
