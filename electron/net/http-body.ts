import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';

/** Bytes that go up: their exact number, and how to get them from the start. */
export interface HttpUpload {
  readonly size: number;
  readonly open: (signal: AbortSignal) => AsyncIterable<Uint8Array>;
  readonly onBytes?: (sent: number) => void;
}

export type HttpBody = string | HttpUpload | undefined;

export function isUpload(body: HttpBody): body is HttpUpload {
  return typeof body === 'object';
}

/** Milliseconds for people. */
export function seconds(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000} s` : `${ms} ms`;
}

export function asBytes(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  throw new TypeError('the HTTP library gave something that is no bytes');
}

/** A body as the HTTP library takes it, with its exact length. `onSent` hears how many bytes of an upload have gone out. */
export function requestBody(
  body: HttpBody,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  onSent: (sent: number) => void,
): Pick<Dispatcher.RequestOptions, 'body' | 'headers'> {
  if (body === undefined) return { headers };
  if (!isUpload(body)) return { headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) }, body };
  if (body.size === 0) return { headers: { ...headers, 'content-length': '0' }, body: '' };
  return {
    headers: { ...headers, 'content-length': String(body.size) },
    body: Readable.from(counted(body, signal, onSent), { objectMode: false }),
  };
}

async function* counted(upload: HttpUpload, signal: AbortSignal, onSent: (sent: number) => void): AsyncGenerator<Uint8Array> {
  let sent = 0;
  for await (const chunk of upload.open(signal)) {
    yield chunk;
    sent += chunk.length;
    onSent(sent);
    upload.onBytes?.(sent);
  }
}

/** A reply to its end; beyond `limit` bytes `tooLong` says what to throw. */
export async function readLimited(
  response: Dispatcher.ResponseData,
  limit: number,
  tooLong: (detail: string, start: Uint8Array) => Error,
): Promise<Uint8Array> {
  const announced = Number(response.headers['content-length']);
  if (announced > limit) {
    response.body.destroy();
    throw tooLong(`it announces ${announced} bytes, and ${limit} would be a lot`, new Uint8Array());
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    const bytes = asBytes(chunk);
    chunks.push(bytes);
    size += bytes.length;
    if (size > limit) throw tooLong(`it is longer than ${limit} bytes and does not end`, chunks[0] ?? new Uint8Array());
  }
  return Buffer.concat(chunks, size);
}
