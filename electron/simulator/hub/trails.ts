/** /trails/: trails, and where pvr finds what it needs of one (hub: trails/). */
import { bodyMap, type Call, callerOf, param } from './call.ts';
import type { Hub } from './hub.ts';
import { idOfPrn, isObjectId } from './ids.ts';
import { canonicalOf, canonicalText, quote } from './json-text.ts';
import { answer, type Reply, refuse } from './reply.ts';
import { type Mount, route } from './routing.ts';
import { READ_TRAILS, WRITE_TRAILS } from './scopes.ts';
import { acceptState } from './state-check.ts';
import { stepObjectRoutes } from './step-objects.ts';
import { stepProgressRoutes } from './step-progress.ts';
import { progressText, trailMembers } from './step-text.ts';
import { stepRoutes } from './steps.ts';
import { summaryRoutes } from './summary.ts';
import { trailInPath, visibleStep } from './trail-access.ts';

export function trailsMount(hub: Hub): Mount {
  return {
    prefix: '/trails',
    style: 'canonical',
    gate: () => 'token',
    routes: [
      route('GET', '/auth_status', READ_TRAILS, (call) => answer(canonicalOf(callerOf(call).all))),
      route('GET', '/', READ_TRAILS, (call) => list(hub, call)),
      route('POST', '/', WRITE_TRAILS, (call) => create(hub, call)),
      route('GET', '/:id', READ_TRAILS, (call) => getOne(hub, call)),
      route('GET', '/:id/.pvrremote', READ_TRAILS, (call) => trailRemote(hub, call)),
      route('GET', '/:id/steps/:rev/.pvrremote', READ_TRAILS, (call) => stepRemote(hub, call)),
      ...summaryRoutes(hub),
      ...stepRoutes(hub),
      ...stepObjectRoutes(hub),
      ...stepProgressRoutes(hub),
    ],
  };
}

/** All, factory states included; a device sees its own. */
function list(hub: Hub, call: Call): Reply {
  const caller = callerOf(call);
  const own = caller.type === 'DEVICE' ? hub.steps.trail(idOfPrn(caller.prn)) : undefined;
  const trails = caller.type === 'DEVICE' ? (own ? [own] : []) : hub.steps.trailsOf(caller.prn);
  return answer(`[${trails.map((trail) => canonicalText(trailMembers(trail, hub.steps.states))).join(',')}]`);
}

function getOne(hub: Hub, call: Call): Reply {
  const seen = trailInPath(hub, call);
  if (!seen.visible) throw refuse(500, 'No access to resource');
  return answer(canonicalText(trailMembers(seen.trail, hub.steps.states)));
}

/** By a device, whose body is its factory state: the trail and its step 0, which is DONE. A second one is a 500. */
async function create(hub: Hub, call: Call): Promise<Reply> {
  const caller = callerOf(call);
  if (caller.type !== 'DEVICE') throw refuse(403, 'You need to be logged in as a DEVICE to post new trails');
  if (caller.owner === undefined) throw refuse(403, 'Device needs an owner');
  const state = await bodyMap(call);
  const id = idOfPrn(caller.prn);
  if (!isObjectId(id)) throw refuse(500, 'Invalid Hex');
  acceptState(hub, caller.owner, state, call);
  const device = hub.devices.get(id);
  if (!device) throw refuse(500, 'Error checking device is public or not');

  const stateSha = hub.steps.states.keep(canonicalOf(state));
  const usedObjects = hub.steps.usedObjects(caller.owner, stateSha);
  const trail = { id, owner: caller.owner, lastTouched: 0, factorySha: stateSha, usedObjects, garbage: false };
  if (!hub.steps.insertTrail(trail)) throw refuse(500, 'Error inserting trail into database');
  const now = hub.now();
  const inserted = hub.steps.insert({
    id: `${id}-0`,
    trail: id,
    rev: 0,
    owner: caller.owner,
    committer: '',
    message: 'Factory State (rev 0)',
    stateSha,
    status: 'DONE',
    progress: progressText({ status: 'DONE' }),
    meta: '{}',
    usedObjects,
    garbage: false,
    stepTime: now,
    progressTime: now,
    created: now,
    modified: now,
  });
  if (!inserted) throw refuse(500, 'Error inserting step into database');
  hub.objects.publish(device);
  return answer(canonicalText(trailMembers(trail, hub.steps.states)));
}

function trailRemote(hub: Hub, call: Call): Reply {
  const seen = trailInPath(hub, call);
  const head = seen.visible ? hub.steps.head(seen.trail.id) : undefined;
  if (!head) throw refuse(403, 'No access to device trail');
  return answer(remoteText(hub, call, param(call, 'id'), String(head.rev), ['commit-msg'], ['rev']));
}

function stepRemote(hub: Hub, call: Call): Reply {
  const step = visibleStep(hub, call, trailInPath(hub, call));
  if (!step) throw refuse(403, 'No access to device step trail');
  return answer(remoteText(hub, call, param(call, 'id'), param(call, 'rev'), ['msg'], []));
}

/** Absolute URLs from the hub's own settings, whatever host was asked. */
function remoteText(
  hub: Hub,
  call: Call,
  trail: string,
  rev: string,
  fields: readonly string[],
  optional: readonly string[],
): string {
  const foreign = hub.faults.strikes('foreign-pvrremote', call) !== undefined;
  const steps = `${foreign ? 'https://hub.example.net' : hub.origin()}/trails/${trail}/steps`;
  return canonicalText({
    'pvr-spec': '"pvr-pantahub-1"',
    'json-get-url': quote(`${steps}/${rev}/state`),
    'json-key': '"state"',
    'objects-endpoint': quote(`${steps}/${rev}/objects`),
    'post-url': quote(steps),
    'post-fields': JSON.stringify(fields),
    'post-fields-opt': JSON.stringify(optional),
    'step-get-url': quote(`${steps}/${rev}`),
  });
}
