/** /local-s3/<token>: an object's bytes, in and out, for whoever has the URL (hub: base/local_file_server.go). */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Call } from './call.ts';
import type { Hub } from './hub.ts';
import { integerAt, type JsonMap, stringAt } from './json-text.ts';
import { ConnectionLost, empty, plainRefusal, type Reply, silentRefusal } from './reply.ts';

/** @param token what stands behind `/local-s3/` */
export async function serveSignedUrl(hub: Hub, call: Call, token: string): Promise<Reply> {
  const expired = hub.faults.strikes('signed-url-expired', call) !== undefined;
  const claims = expired ? undefined : await hub.tokens.verifyUrl(token);
  if (!claims) throw silentRefusal(403, 'Invalid local-s3 request');
  const storage = stringAt(claims, 'aud');
  if (call.method === 'GET') {
    if (stringAt(claims, 'Method') !== 'GET') throw silentRefusal(403, 'not GET');
    return download(hub, call, storage, stringAt(claims, 'DispositionName'));
  }
  if (stringAt(claims, 'Method') !== 'PUT') throw silentRefusal(403, 'not PUT');
  return upload(hub, call, storage, claims);
}

/** As Go's file server: one range, 404 for a file that is not there. */
function download(hub: Hub, call: Call, storage: string, name: string): Reply {
  const path = hub.objects.path(storage);
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw plainRefusal(404, '404 page not found');
  const headers = {
    'Content-Disposition': `attachment; filename="${name.replaceAll(/[^\x20-\x7e]/g, '_')}"`,
    'Content-Type': 'application/octet-stream',
    'Last-Modified': found.mtime.toUTCString(),
  };
  const ignored = hub.faults.strikes('range-ignored', call) !== undefined;
  const { size } = found;
  const range = ignored ? undefined : rangeOf(call.headers.range, size);
  if (range === 'unsatisfiable') {
    return { ...plainRefusal(416, 'invalid range').reply, headers: { 'Content-Range': `bytes */${size}` } };
  }
  if (!range) {
    const accepts = ignored ? {} : { 'Accept-Ranges': 'bytes' };
    const body = size === 0 ? '' : createReadStream(path);
    return { status: 200, headers: { ...headers, ...accepts, 'Content-Length': String(size) }, body };
  }
  const { start, end } = range;
  return {
    status: 206,
    headers: {
      ...headers,
      'Accept-Ranges': 'bytes',
      'Content-Range': `bytes ${start}-${end}/${size}`,
      'Content-Length': String(end - start + 1),
    },
    body: createReadStream(path, { start, end }),
  };
}

type ByteRange = { readonly start: number; readonly end: number };

function rangeOf(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return start > end ? 'unsatisfiable' : { start, end };
}

/** As many bytes as the URL says are read; fewer are a 500, others than its sha256 a 400. A complete file replaces one that is there. */
async function upload(hub: Hub, call: Call, storage: string, claims: JsonMap): Promise<Reply> {
  const part = join(hub.objects.uploads, `${storage}.${randomBytes(6).toString('hex')}`);
  try {
    const sha = await receive(hub, call, part, integerAt(claims, 'Size'));
    if (sha === undefined) throw silentRefusal(500, 'error syncing file upload to disk');
    const mismatch = hub.faults.strikes('upload-sha-mismatch', call) !== undefined;
    if (mismatch || sha !== stringAt(claims, 'Sha').toLowerCase())
      throw silentRefusal(400, 'file upload sha mismatch with claim');
    hub.objects.adopt(storage, part);
    return empty(200);
  } finally {
    await rm(part, { force: true });
  }
}

/** The sha256 of what arrived, in a file; undefined where that was less than it should be. */
async function receive(hub: Hub, call: Call, path: string, size: number): Promise<string | undefined> {
  const cutAfter = hub.faults.strikes('upload-cut-midway', call, 65_536);
  const perSecond = hub.faults.strikes('upload-slow', call, 65_536);
  const hash = createHash('sha256');
  const file = await open(path, 'w');
  let received = 0;
  try {
    for await (const chunk of call.message) {
      const bytes: Buffer = chunk;
      const wanted = bytes.subarray(0, Math.max(0, size - received));
      received += bytes.length;
      if (cutAfter !== undefined && received >= Math.min(cutAfter, size)) throw new ConnectionLost();
      hash.update(wanted);
      if (wanted.length > 0) await file.write(wanted);
      if (perSecond !== undefined) await delay((bytes.length / perSecond) * 1000);
    }
  } catch (error) {
    if (error instanceof ConnectionLost || call.message.destroyed) throw new ConnectionLost();
    throw error;
  } finally {
    await file.close();
  }
  return received < size ? undefined : hash.digest('hex');
}
