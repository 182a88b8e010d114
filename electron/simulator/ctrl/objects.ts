/** `/objects`: what is stored, its bytes, and taking in more (ctrl_objects_ep.c, ctrl_upload.c, ctrl_download.c). */
import type { Clock } from '../clock.ts';
import { json, ok, type Reply, type Request, refusal } from '../exchange.ts';
import { isObjectName } from '../object-store.ts';
import type { ControlledDevice, Parts } from './model.ts';
import { unsupported } from './steps.ts';
import { drain, takeUpload } from './upload.ts';

export function objects(device: ControlledDevice, request: Request, parts: Parts): Reply | Promise<Reply> | undefined {
  const [, name, ...more] = parts;
  if (name === undefined) return request.method === 'GET' ? json(200, listOf(device)) : unsupported();
  if (name === '' || more.length > 0) return undefined;
  if (request.method === 'GET') return get(device, name);
  return request.method === 'PUT' ? put(device, request, name) : unsupported();
}

/** Sizes are texts. */
function listOf(device: ControlledDevice): string {
  return JSON.stringify(device.objects.list().map(({ sha256, bytes }) => ({ sha256, size: String(bytes) })));
}

function get(device: ControlledDevice, sha: string): Reply {
  if (!isObjectName(sha) || !device.objects.has(sha)) return refusal(400, 'Request has bad object name');
  return {
    status: 200,
    headers: { 'content-type': 'application/octet-stream', 'Transfer-Encoding': 'chunked' },
    body: paced(device.objects.read(sha), device.clock),
  };
}

/** The server sends about a kilobyte per millisecond, in device time; the file itself is quicker to `cat`. */
const BYTES_PER_SECOND = 1_000_000;

async function* paced(bytes: AsyncIterable<Uint8Array>, clock: Clock): AsyncGenerator<Uint8Array> {
  let owed = 0;
  for await (const chunk of bytes) {
    if (owed > 0) await new Promise<void>((resolve) => clock.after(owed, resolve));
    yield chunk;
    owed = chunk.length / BYTES_PER_SECOND;
  }
}

async function put(device: ControlledDevice, request: Request, sha: string): Promise<Reply> {
  if (!isObjectName(sha)) return refusal(400, 'Request has bad object name');
  switch (await takeUpload(device, request, sha)) {
    case 'already-there':
      return alreadyThere(request);
    case 'no-space':
      await drain(request);
      return refusal(507, 'Not enough disk space available');
    case 'stored':
      return ok();
    case 'bad-checksum':
      return refusal(422, 'Object has bad checksum');
  }
}

/**
 * With a Content-Length the device swallows the body; a chunked upload is answered at once and the connection closed, so the client
 * meets a broken pipe while it sends.
 */
async function alreadyThere(request: Request): Promise<Reply> {
  if (request.headers['transfer-encoding'] === 'chunked') return { ...ok(), early: true };
  await drain(request);
  return ok();
}
