/** /trails/:id/steps/:rev/objects (hub: trails/get-trails-rev-objects.go, trailservices). */
import { bodyMap, type Call, callerOf, isPerson, param } from './call.ts';
import type { Hub } from './hub.ts';
import { isSha256, storageId } from './ids.ts';
import { canonicalText } from './json-text.ts';
import { accessMembers, objectTypeHeader, signedUrl } from './object-access.ts';
import type { ObjectRecord } from './object-records.ts';
import { createObject } from './objects.ts';
import { answer, type Reply, redirect, refuse } from './reply.ts';
import { type Route, route } from './routing.ts';
import { READ_TRAILS, WRITE_TRAILS } from './scopes.ts';
import type { NamedObject } from './state-records.ts';
import { deviceOf, type Step } from './step-records.ts';
import { trailInPath, visibleStep } from './trail-access.ts';

export function stepObjectRoutes(hub: Hub): readonly Route[] {
  return [
    route('GET', '/:id/steps/:rev/objects', READ_TRAILS, (call) => list(hub, call)),
    route('POST', '/:id/steps/:rev/objects', WRITE_TRAILS, (call) => create(hub, call)),
    route('GET', '/:id/steps/:rev/objects/:obj', READ_TRAILS, (call) => getOne(hub, call)),
    route('GET', '/:id/steps/:rev/objects/:obj/blob', READ_TRAILS, (call) => blob(hub, call)),
  ];
}

/** Under their names in the state; one that is missing, or no sha256, fails all. Entries that are texts count, also in `.json` ones. */
async function list(hub: Hub, call: Call): Promise<Reply> {
  const step = visibleStep(hub, call, trailInPath(hub, call));
  if (!step) throw refuse(404, 'No trail found');
  const objects = stepObjects(hub, step, hub.steps.states.objects(step.stateSha));
  const caller = callerOf(call).prn;
  const texts = await Promise.all(
    objects.map(async (object) => canonicalText(await accessMembers(hub, object, caller, '/trails'))),
  );
  return answer(`[${texts.join(',')}]`);
}

/** The records of a step's objects, by their names in its state. */
export function stepObjects(hub: Hub, step: Step, named: readonly NamedObject[]): readonly ObjectRecord[] {
  return named.map(({ name, sha }) => {
    if (!isSha256(sha)) throw refuse(400, 'Get Steps Object id must be a valid sha256');
    const object = hub.objects.get(storageId(step.owner, sha));
    if (!object) throw refuse(403, 'Not Accessible Resource Id');
    return { ...object, name };
  });
}

function objectInPath(hub: Hub, call: Call): ObjectRecord {
  const step = visibleStep(hub, call, trailInPath(hub, call));
  if (!step) throw refuse(403, 'Not Accessible Resource Id');
  const named = hub.steps.states.objects(step.stateSha).find(({ sha }) => sha === param(call, 'obj'));
  const [object] = named ? stepObjects(hub, step, [named]) : [];
  if (!object) throw refuse(403, 'Invalid Object');
  return object;
}

async function getOne(hub: Hub, call: Call): Promise<Reply> {
  const object = objectInPath(hub, call);
  const members = await accessMembers(hub, object, callerOf(call).prn, '/trails');
  return answer(canonicalText(members), objectTypeHeader(object));
}

async function blob(hub: Hub, call: Call): Promise<Reply> {
  const object = objectInPath(hub, call);
  const storage = object.linked || object.storageId;
  const url = await signedUrl(hub, object, { caller: callerOf(call).prn, service: '/trails', method: 'GET', storage });
  return redirect(302, url, objectTypeHeader(object));
}

/** As POST /objects, for the step's owner; a device uploads for its owner so. */
async function create(hub: Hub, call: Call): Promise<Reply> {
  const caller = callerOf(call);
  if (caller.type !== 'DEVICE' && !isPerson(caller)) throw refuse(400, 'Unknown AuthType');
  const step = hub.steps.step(param(call, 'id'), param(call, 'rev'));
  if (!step) throw refuse(403, 'Not Accessible Resource Id');
  if ((caller.type === 'DEVICE' ? deviceOf(step) : step.owner) !== caller.prn) throw refuse(403, 'No access');
  const created = await createObject(hub, call, step.owner, await bodyMap(call), '/trails');
  return answer(canonicalText(created.members), created.headers, created.status);
}
