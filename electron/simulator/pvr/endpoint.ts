/** The device's pvr endpoint: what `pvr clone`, `get`, `put` and `post` ask of `http://<device>:12368/cgi-bin/pvr`. */
import { z } from 'zod';
import { canonicalize, stateSha } from '../../../shared/state/canonical.ts';
import type { ControlledDevice } from '../ctrl/model.ts';
import { drain, takeUpload } from '../ctrl/upload.ts';
import { distorted } from '../distort.ts';
import { bytesOf, type Handler, json, nothing, type Reply, type Request, readJson, readText, refusal } from '../exchange.ts';
import { isObjectName } from '../object-store.ts';
import { readPostedState } from './post-body.ts';

const BASE = '/cgi-bin/pvr';
const LARGEST_BODY = 128 * 1024 * 1024;

/** @param control the device's own control socket, through which the endpoint installs and runs what is posted. */
export function pvrHandler(device: ControlledDevice, control: Handler): Handler {
  return async (request) => {
    await device.answering();
    const reply = await answer(device, control, request);
    return distorted(reply, device.faults);
  };
}

async function answer(device: ControlledDevice, control: Handler, request: Request): Promise<Reply> {
  const [path = ''] = request.path.split('?');
  const origin = `http://${request.headers.host ?? 'localhost'}`;
  switch (`${request.method} ${path}`) {
    case `GET ${BASE}/.pvrremote`:
      return json(200, remoteInfo(origin));
    case `GET ${BASE}/json`:
      return json(200, runningState(device));
    case `PUT ${BASE}/json`:
      return install(device, control, await readText(request, LARGEST_BODY), 'put');
    case `POST ${BASE}/post`:
      return install(device, control, await readText(request, LARGEST_BODY), 'post');
    case `POST ${BASE}/objects/`:
    case `POST ${BASE}/objects`:
      return offerObject(device, await readText(request, LARGEST_BODY), origin);
  }
  const object = /^(?:\/cgi-bin\/pvr\/objects|\/get|\/put)\/([^/]+)$/.exec(path)?.[1];
  if (object === undefined) return notFound();
  if (request.method === 'GET')
    return path.startsWith(BASE) ? describeObject(device, object, origin) : sendObject(device, object);
  return request.method === 'PUT' ? takeObject(device, request, object) : notFound();
}

function remoteInfo(origin: string): string {
  return JSON.stringify({
    'pvr-spec': 'pvr-pantahub-1',
    'json-get-url': `${origin}${BASE}/json`,
    'objects-endpoint': `${origin}${BASE}/objects`,
    'post-url': `${origin}${BASE}/post`,
    'post-fields': ['commit-msg'],
    'post-fields-opt': ['rev'],
  });
}

function runningState(device: ControlledDevice): string {
  return device.trail.state(device.life().boot.running) ?? '{}';
}

const offerSchema = z.looseObject({ objectname: z.string().default(''), sha256sum: z.string(), size: z.string().default('0') });

/**
 * An object that is there is answered with 409, else with 200; both with the whole object, as the hub does: `pvr post -f` sends the
 * bytes of a known one as well, to the address that stands there.
 */
function offerObject(device: ControlledDevice, text: string | undefined, origin: string): Reply {
  const offer = readJson(offerSchema, text);
  if (!offer || !isObjectName(offer.sha256sum)) return refusal(400, 'Request has bad object name');
  const sha = offer.sha256sum;
  const wanted = { ...offer, 'signed-puturl': `${origin}/put/${sha}` };
  if (!device.objects.matches(sha)) return json(200, JSON.stringify(wanted));
  const known = { ...wanted, id: sha, 'signed-geturl': `${origin}/get/${sha}` };
  return json(409, JSON.stringify(known), { 'Pantahub-Object-Type': 'object' });
}

function describeObject(device: ControlledDevice, sha: string, origin: string): Reply {
  const size = isObjectName(sha) ? device.objects.size(sha) : undefined;
  if (size === undefined) return notFound();
  return json(
    200,
    JSON.stringify({ id: sha, sha256sum: sha, objectname: sha, size: String(size), 'signed-geturl': `${origin}/get/${sha}` }),
  );
}

function sendObject(device: ControlledDevice, sha: string): Reply {
  const size = isObjectName(sha) ? device.objects.size(sha) : undefined;
  if (size === undefined) return notFound();
  const headers = { 'Content-Type': 'application/octet-stream', 'Content-Length': String(size) };
  return { status: 200, headers, body: device.objects.read(sha) };
}

async function takeObject(device: ControlledDevice, request: Request, sha: string): Promise<Reply> {
  if (!isObjectName(sha)) return refusal(400, 'Request has bad object name');
  switch (await takeUpload(device, request, sha)) {
    case 'already-there':
      await drain(request);
      return taken();
    case 'no-space':
      return { ...refusal(507, 'Not enough disk space available'), early: true };
    case 'stored':
      return taken();
    case 'bad-checksum':
      return refusal(422, 'Object has bad checksum');
  }
}

function taken(): Reply {
  return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: '' };
}

/** Installs a state as a local revision, with its message, and runs it. `put` answers with the state itself. */
async function install(
  device: ControlledDevice,
  control: Handler,
  text: string | undefined,
  how: 'post' | 'put',
): Promise<Reply> {
  const posted = text === undefined ? undefined : how === 'put' ? { state: text } : readPostedState(text);
  if (!posted) return refusal(400, 'Request has bad format');
  const revision = posted.revision ?? freeName(device);
  const put = await ask(control, 'PUT', `/steps/${revision}`, posted.state);
  if (put.status !== 200) return put;
  if (posted.message !== undefined) await ask(control, 'PUT', `/steps/${revision}/commitmsg`, posted.message);
  const run = await ask(control, 'POST', '/commands', JSON.stringify({ op: 'LOCAL_RUN', payload: revision }));
  if (run.status !== 200) return run;
  if (how === 'put') return json(200, canonicalize(posted.state));
  return json(200, JSON.stringify({ rev: -1, revlocal: revision, 'state-sha': stateSha(posted.state), 'trail-id': 'local' }));
}

function ask(control: Handler, method: string, path: string, text: string): Promise<Reply> {
  return control({ method, path, headers: {}, body: text === '' ? nothing() : bytesOf(text) });
}

/** `locals/pvr-sdk-<n>`, the first that is not taken. */
function freeName(device: ControlledDevice): string {
  let number = 1;
  while (device.trail.has(`locals/pvr-sdk-${number}`)) number += 1;
  return `locals/pvr-sdk-${number}`;
}

function notFound(): Reply {
  return json(404, '{"error": "not found"}');
}
