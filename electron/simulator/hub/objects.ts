/** /objects/ (hub: objects/). */
import { bodyMap, type Call, type Claims, callerOf, isPerson, param, strictBodyMap } from './call.ts';
import type { Hub } from './hub.ts';
import { isSha256, storageId } from './ids.ts';
import { integerAt, type JsonMap, type Members, objectText, parseJson, stringAt } from './json-text.ts';
import { accessMembers, objectPlainText, objectTypeHeader, signedUrl } from './object-access.ts';
import { type ObjectRecord, QuotaExceeded } from './object-records.ts';
import { answer, type Refusal, type Reply, redirect, refuse } from './reply.ts';
import { type Mount, route } from './routing.ts';
import { READ_OBJECTS, WRITE_OBJECTS } from './scopes.ts';

export function objectsMount(hub: Hub): Mount {
  return {
    prefix: '/objects',
    style: 'plain',
    gate: () => 'token',
    routes: [
      route('GET', '/auth_status', READ_OBJECTS, (call) => answer(JSON.stringify(callerOf(call).all))),
      route('GET', '/', READ_OBJECTS, (call) => list(hub, call)),
      route('POST', '/', WRITE_OBJECTS, (call) => create(hub, call)),
      route('GET', '/:id', READ_OBJECTS, (call) => getOne(hub, call)),
      route('GET', '/:id/blob', READ_OBJECTS, (call) => blob(hub, call)),
      route('PUT', '/:id', WRITE_OBJECTS, (call) => rename(hub, call)),
      route('DELETE', '/:id', WRITE_OBJECTS, (call) => remove(hub, call)),
    ],
  };
}

/** Whose objects a caller works with: a device its owner's. */
function ownerFor(caller: Claims): string {
  if (isPerson(caller)) return caller.prn;
  if (caller.owner === undefined) throw refuse(403, 'You need to be logged in as a USER or DEVICE');
  return caller.owner;
}

/** The filter is read and not used (hub: objects/get-object.go). */
function list(hub: Hub, call: Call): Reply {
  const filter = call.query.get('filter');
  if (filter && parseJson(filter) === undefined) throw refuse(500, 'Error parsing filter json');
  return answer(`[${hub.objects.ownedBy(callerOf(call).prn).map(objectPlainText).join(',')}]`);
}

async function create(hub: Hub, call: Call): Promise<Reply> {
  const body = await bodyMap(call);
  const created = await createObject(hub, call, ownerFor(callerOf(call)), body, '/objects');
  return answer(objectText(created.members), created.headers, created.status);
}

export interface Created {
  readonly status: 200 | 409;
  readonly headers: Readonly<Record<string, string>>;
  readonly members: Members;
}

/**
 * 200: upload it. 409: it is there already, or is linked to someone's public object; the header says which
 * (hub: objects/create-object.go; for a step trails/post-trails-rev-objects.go).
 */
export async function createObject(hub: Hub, call: Call, owner: string, body: JsonMap, service: string): Promise<Created> {
  const sha = stringAt(body, 'sha256sum');
  const id = stringAt(body, 'id') || sha;
  if (sha === '' || id !== sha || !isSha256(sha)) throw refuse(400, 'Post New Object must set a sha');
  if (hub.faults.strikes('quota-exceeded', call) !== undefined) throw quotaRefusal();
  const there = hub.objects.withFile(owner, sha);
  if (there) {
    return { status: 409, headers: objectTypeHeader(there), members: await accessMembers(hub, there, owner, service) };
  }
  const linked = hub.objects.withFileOrLink(owner, sha, call.query.get('autolink') !== 'no');
  if (linked) {
    const saved = saveObject(hub, { ...linked, name: stringAt(body, 'objectname') });
    return { status: 409, headers: objectTypeHeader(saved), members: await accessMembers(hub, saved, owner, service) };
  }
  const saved = saveObject(hub, {
    storageId: storageId(owner, sha),
    sha,
    owner,
    name: stringAt(body, 'objectname'),
    ...sizes(body),
    mime: stringAt(body, 'mime-type'),
    linked: '',
    created: 0,
    modified: 0,
  });
  return { status: 200, headers: objectTypeHeader(saved), members: await accessMembers(hub, saved, owner, service, true) };
}

/** `size` is a text, `sizeint` a number and wins (hub: objects/service.go, SyncObjectSizes). */
function sizes(body: JsonMap): Pick<ObjectRecord, 'size' | 'bytes'> {
  const [text, number] = [stringAt(body, 'size'), integerAt(body, 'sizeint')];
  if (text === '' || number !== 0 || !/^[+-]?\d+$/.test(text)) return { size: String(number), bytes: number };
  return { size: text, bytes: Number(text) };
}

/** Writes a record, with the hub's words where the account is full. */
export function saveObject(hub: Hub, object: ObjectRecord): ObjectRecord {
  try {
    return hub.objects.save(object);
  } catch (error) {
    if (error instanceof QuotaExceeded) throw quotaRefusal();
    throw error;
  }
}

function quotaRefusal(): Refusal {
  return refuse(500, 'quota', 'Quota exceeded; delete some objects or request a quota bump from team@pantahub.com');
}

/** 400 for what is no sha256, 403 for what is not there. */
function ownObject(hub: Hub, call: Call): ObjectRecord {
  const caller = callerOf(call);
  const sha = param(call, 'id');
  if (!isSha256(sha)) throw refuse(400, ':id must be a valid sha256');
  const object = hub.objects.get(storageId(caller.owner ?? caller.prn, sha));
  if (!object) throw refuse(403, 'No Access');
  return object;
}

/** A record can be there without its file. */
async function getOne(hub: Hub, call: Call): Promise<Reply> {
  const object = ownObject(hub, call);
  return answer(objectText(await accessMembers(hub, object, object.owner, '/objects')), objectTypeHeader(object));
}

async function blob(hub: Hub, call: Call): Promise<Reply> {
  const object = ownObject(hub, call);
  const storage = object.linked || object.storageId;
  const url = await signedUrl(hub, object, { caller: object.owner, service: '/objects', method: 'GET', storage });
  return redirect(302, url, objectTypeHeader(object));
}

async function rename(hub: Hub, call: Call): Promise<Reply> {
  const owner = callerOf(call).prn;
  const sha = param(call, 'id');
  if (!isSha256(sha)) throw refuse(400, 'must be a valid sha256');
  const object = hub.objects.withFileOrLink(owner, sha, call.query.get('autolink') !== 'no');
  if (!object) throw refuse(400, 'Object to update not found');
  const body = await strictBodyMap(call, 400);
  if (stringAt(body, 'owner') !== object.owner) throw refuse(400, 'Cannot modify object owner');
  if (stringAt(body, 'sha256sum') !== object.sha) throw refuse(400, 'Cannot modify object sha');
  const saved = saveObject(hub, { ...object, name: stringAt(body, 'objectname') || object.name });
  return answer(objectPlainText(saved), objectTypeHeader(saved));
}

/** The record goes, whatever uses it; the file stays (hub: objects/delete-object.go). */
function remove(hub: Hub, call: Call): Reply {
  const owner = callerOf(call).prn;
  const sha = param(call, 'id');
  if (!isSha256(sha)) throw refuse(400, 'must be a valid sha256');
  const object = hub.objects.get(storageId(owner, sha));
  if (!object) throw refuse(403, 'Not Accessible Resource Id');
  hub.objects.remove(object.storageId);
  return answer(objectPlainText(object));
}
