/** For tests: a pvr endpoint on a real socket that answers as the real pvr's transcripts have it, or as a test wants. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const folder = new URL('../../../shared/pvr/fixtures/remote/', import.meta.url);

const Exchange = z.object({
  method: z.string(),
  path: z.string(),
  status: z.number(),
  responseHeaders: z.record(z.string(), z.string()),
  responseBody: z.string().optional(),
  responseBodyBase64: z.string().optional(),
});

const Repository = z.object({
  json: z.string(),
  config: z.string(),
  objects: z.array(z.string()),
  files: z.record(z.string(), z.string()),
});

const Transcript = z.object({
  command: z.array(z.string()),
  exit: z.number(),
  deviceStateBefore: z.string(),
  before: Repository.optional(),
  after: Repository.optional(),
});

export interface Transcript extends z.infer<typeof Transcript> {
  readonly exchanges: readonly z.infer<typeof Exchange>[];
}

/** The address that the transcripts' endpoint had. */
export const recordedOrigin = 'http://127.0.0.1:12368';

export function transcript(name: string): Transcript {
  const lines = readFileSync(new URL(`${name}.ndjson`, folder), 'utf8')
    .trim()
    .split('\n');
  const exchanges = lines.map((line) => Exchange.parse(JSON.parse(line)));
  return { ...Transcript.parse(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'))), exchanges };
}

export interface ScriptedRemote {
  readonly origin: string;
  /** Its pvr endpoint. */
  readonly url: string;
  /** Method and path of each request so far. */
  readonly seen: readonly string[];
  readonly headers: readonly IncomingMessage['headers'][];
  close(): Promise<void>;
}

/** Answers itself and says true, or leaves the request to the transcript. */
export type Trick = (request: IncomingMessage, response: ServerResponse, origin: string) => boolean;

/** Answers each request as the transcript has it, unless a trick does; 404 for what is not in it. */
export async function scriptedRemote(
  recorded: Pick<Transcript, 'exchanges'>,
  trick: Trick = () => false,
): Promise<ScriptedRemote> {
  const seen: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    headers.push(request.headers);
    const origin = `http://${request.headers.host}`;
    if (trick(request, response, origin)) return;
    const match = recorded.exchanges.find(({ method, path }) => method === request.method && path === request.url);
    if (match === undefined) return void response.writeHead(404).end();
    const text = (match.responseBody ?? '').replaceAll(recordedOrigin, origin);
    const body = match.responseBodyBase64 === undefined ? Buffer.from(text) : Buffer.from(match.responseBodyBase64, 'base64');
    response.writeHead(match.status, { 'content-type': match.responseHeaders['Content-Type'] ?? '' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    url: `${origin}/cgi-bin/pvr`,
    seen,
    headers,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
