/** pv-ctrl's part, played on a real unix socket, for tests that reach it through a real curl over a real SSH server. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface ControlSocket {
  readonly path: string;
  readonly objects: Map<string, Buffer>;
  readonly steps: Map<string, { state: Buffer; message: string }>;
  readonly requests: string[];
  /** Replaces the answer to the next requests. */
  answer:
    | ((
        method: string,
        path: string,
      ) => { status: number; body: string; headers?: Record<string, string> } | 'silence' | undefined)
    | undefined;
  close(): Promise<void>;
}

export async function startControlSocket(path: string, storage: string): Promise<ControlSocket> {
  const objects = new Map<string, Buffer>();
  const steps = new Map<string, { state: Buffer; message: string }>();
  const requests: string[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '' } = request;
    requests.push(`${method} ${url}`);
    const send = (status: number, body: string | Buffer = '', headers: Record<string, string> = {}) =>
      response.writeHead(status, headers).end(body);
    const told = control.answer?.(method, url);
    if (told === 'silence') return;
    if (told !== undefined) return send(told.status, told.body, told.headers);
    const sha = /^\/objects\/(.+)$/.exec(url)?.[1];
    const step = /^\/steps\/(.+?)(\/progress|\/commitmsg)?$/.exec(url);
    const name = step?.[1] ?? '';
    if (url === '/groups' || url === '/containers' || url === '/steps') return send(200, '[]');
    if (url === '/config') return send(200, JSON.stringify({ 'storage.mntpoint': storage }));
    if (url === '/objects')
      return send(200, JSON.stringify([...objects].map(([sha256, bytes]) => ({ sha256, size: String(bytes.length) }))));
    if (sha !== undefined && method === 'PUT') {
      const bytes = await bodyOf(request);
      if (createHash('sha256').update(bytes).digest('hex') !== sha) return send(422, '{"Error":"Object has bad checksum"}');
      objects.set(sha, bytes);
      return send(200);
    }
    if (sha !== undefined) {
      const bytes = objects.get(sha);
      return bytes === undefined ? send(400, '{"Error":"Request has bad object name"}') : send(200, bytes);
    }
    if (step !== null && method === 'PUT') {
      const body = await bodyOf(request);
      const there = steps.get(name);
      if (step[2] === '/commitmsg') steps.set(name, { state: there?.state ?? Buffer.alloc(0), message: body.toString() });
      else steps.set(name, { state: body, message: '' });
      return send(200);
    }
    const there = steps.get(name);
    return there === undefined ? send(404, '{"Error":"Resource does not exist"}') : send(200, there.state);
  };
  const server = createServer((request, response) => {
    // A client that goes away in the middle of an upload is nothing to answer.
    serve(request, response).catch(() => response.destroy());
  });
  const control: ControlSocket = {
    path,
    objects,
    steps,
    requests,
    answer: undefined,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return control;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
