/** One request and its reply, as the control socket and the pvr endpoint see them, whatever carries them. */
import type { z } from 'zod';

export type Request = {
  readonly method: string;
  /** With its query, undecoded. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: AsyncIterable<Uint8Array>;
};

export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | AsyncIterable<Uint8Array>;
  /** The rest of the request is not read: the connection is closed while the client may still be sending. */
  readonly early?: true;
};

export type Handler = (request: Request) => Promise<Reply>;

/** The other side went away without a reply. */
export class Unreachable extends Error {
  readonly how: 'reset' | 'refused';
  constructor(how: 'reset' | 'refused') {
    super(how === 'reset' ? 'Connection reset by peer' : 'Connection refused');
    this.name = 'Unreachable';
    this.how = how;
  }
}

const JSON_HEADERS = { 'Content-Type': 'application/json' };

export function json(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { ...JSON_HEADERS, ...headers }, body: text };
}

export function ok(): Reply {
  return json(200, '');
}

export function refusal(status: number, error: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return json(status, JSON.stringify({ Error: error }), headers);
}

/** A body as text, up to `most` bytes; longer ones give undefined, unread. */
export async function readText(request: Request, most: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body) {
    bytes += chunk.length;
    if (bytes > most) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What a body says, or undefined where it is missing, is no JSON or has another shape. */
export function readJson<Schema extends z.ZodType>(schema: Schema, text: string | undefined): z.infer<Schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(text ?? '')).data;
  } catch {
    return undefined;
  }
}

export async function* nothing(): AsyncGenerator<Uint8Array> {}

export async function* bytesOf(text: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield typeof text === 'string' ? Buffer.from(text) : text;
}
