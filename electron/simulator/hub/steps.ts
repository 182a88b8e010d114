/** /trails/:id/steps: the list, posting, one step, its state and meta (hub: trails/). */
import { bodyMap, type Call, callerOf, isPerson, param, strictBodyMap } from './call.ts';
import type { Hub } from './hub.ts';
import { isObjectId } from './ids.ts';
import { canonicalOf, canonicalText, isMap, type Json, mapAt, parseJson, stringAt } from './json-text.ts';
import { matchesCondition } from './mongo-filter.ts';
import { answer, ConnectionLost, type Reply, refuse, refuseTwice } from './reply.ts';
import { type Route, route } from './routing.ts';
import { READ_TRAILS, WRITE_TRAILS } from './scopes.ts';
import { acceptState } from './state-check.ts';
import { pageOf, projectionOf } from './step-fields.ts';
import type { Step } from './step-records.ts';
import { progressText, stepMembers } from './step-text.ts';
import { type SeenTrail, trailInPath, visibleStep } from './trail-access.ts';

export function stepRoutes(hub: Hub): readonly Route[] {
  return [
    route('GET', '/:id/steps', READ_TRAILS, (call) => list(hub, call)),
    route('POST', '/:id/steps', WRITE_TRAILS, (call) => post(hub, call)),
    route('GET', '/:id/steps/:rev', READ_TRAILS, (call) => getOne(hub, call)),
    route('GET', '/:id/steps/:rev/state', READ_TRAILS, (call) => getState(hub, call)),
    route('PUT', '/:id/steps/:rev/state', WRITE_TRAILS, (call) => putState(hub, call)),
    route('GET', '/:id/steps/:rev/meta', READ_TRAILS, (call) => getMeta(hub, call)),
    route('PUT', '/:id/steps/:rev/meta', WRITE_TRAILS, (call) => putMeta(hub, call)),
  ];
}

/** Ascending; which statuses are shown without being asked for depends on who asks, and on the device being public. */
function list(hub: Hub, call: Call): Reply {
  const page = pageOf(call.query);
  const seen = trailInPath(hub, call);
  const asked = call.query.get('progress.status') ?? '';
  const wanted = statusAsked(asked, seen);
  const project = projectionOf(call.query, () => refuse(403, 'Error on fetching steps'));
  if (page.offset < 0) throw refuse(403, 'Error on fetching steps: skip must be >= 0');
  if (!seen.visible || page.none) return answer('[]');
  let steps: readonly Step[];
  try {
    steps = hub.steps.stepsOf(seen.trail.id).filter((step) => matchesCondition(step.status, wanted));
  } catch {
    throw refuse(403, 'Error on fetching steps: unknown operator');
  }
  const limit = page.limit ?? (seen.caller.type === 'DEVICE' && asked === '' ? 1 : steps.length);
  const shown = steps.slice(page.offset, page.offset + limit);
  return answer(`[${shown.map((step) => project(stepMembers(step, hub.steps.states))).join(',')}]`);
}

/** A text, or an operator as JSON. */
function statusAsked(asked: string, seen: SeenTrail): Json {
  if (asked === '') return seen.public || seen.caller.type === 'DEVICE' ? 'NEW' : { $ne: 'DONE' };
  const parsed = parseJson(asked);
  return isMap(parsed) ? parsed : asked;
}

/**
 * A new step behind the one before it. Whatever is wrong, a 500 says nothing about it: a revision that is there already, one before
 * it that is not, no revision at all, a state that is refused.
 */
async function post(hub: Hub, call: Call): Promise<Reply> {
  const caller = callerOf(call);
  const owner = caller.owner ?? caller.prn;
  const id = param(call, 'id');
  if (!isObjectId(id)) throw refuse(500, 'Invalid Hex');
  if (!isPerson(caller) && caller.type !== 'DEVICE') throw refuse(403, 'Need to be logged in as USER to post trail steps');
  const trail = hub.steps.trail(id);
  if (!trail) throw refuse(500, 'No resource access possible');
  if (trail.owner !== owner) throw refuse(403, 'No access');

  const body = await bodyMap(call);
  const head = hub.steps.head(trail.id);
  if (body.rev === -1 && !head) throw refuse(500, 'Error with getLatestStepRev');
  const rev = body.rev === -1 ? (head?.rev ?? 0) + 1 : typeof body.rev === 'number' ? Math.trunc(body.rev) : 0;
  if (!hub.steps.step(trail.id, rev - 1)) throw refuse(500, 'No access to resource or bad step');
  const device = hub.devices.get(trail.id);
  if (!device) throw refuse(500, 'Error checking device is public or not');
  const state = mapAt(body, 'state');
  acceptState(hub, trail.owner, state ?? {}, call);

  const stateSha = hub.steps.states.keep(state ? canonicalOf(state) : 'null');
  const now = hub.now();
  const step: Step = {
    id: `${trail.id}-${rev}`,
    trail: trail.id,
    rev,
    owner: trail.owner,
    committer: stringAt(body, 'committer'),
    message: stringAt(body, 'commit-msg'),
    stateSha,
    status: 'NEW',
    progress: progressText({ status: 'NEW' }),
    meta: canonicalOf(mapAt(body, 'meta') ?? {}),
    usedObjects: hub.steps.usedObjects(trail.owner, stateSha),
    garbage: false,
    stepTime: now,
    progressTime: 0,
    created: now,
    modified: now,
  };
  if (!hub.steps.insert(step)) throw refuse(500, 'No access to resource or bad step rev1: duplicate key');
  hub.steps.touch(trail.id, now);
  if (device.public) hub.objects.publish(device);
  hub.stepPosted(trail.id, rev);
  if (hub.faults.strikes('lose-reply-of-post', call) !== undefined) throw new ConnectionLost();
  return answer(canonicalText(stepMembers(step, hub.steps.states, { fresh: true })));
}

/** An unknown trail is refused twice over (hub: trails/get-trails-rev.go). */
function getOne(hub: Hub, call: Call): Reply {
  const id = param(call, 'id');
  if (!isObjectId(id) || !hub.steps.trail(id)) throw refuseTwice(500, 'Error getting trail public', 500);
  const seen = trailInPath(hub, call);
  const project = projectionOf(call.query, () => refuse(500, 'No access'));
  const step = visibleStep(hub, call, seen);
  if (!step) throw refuse(500, 'No access');
  return answer(project(stepMembers(step, hub.steps.states)));
}

/** An empty state where there is no such step, with 200 (hub: trails/get-trails-rev-state.go). */
function getState(hub: Hub, call: Call): Reply {
  const step = visibleStep(hub, call, trailInPath(hub, call));
  return answer(step ? hub.steps.states.text(step.stateSha) : '{}');
}

/** Only while nobody has taken the step; someone else's is refused twice over. */
async function putState(hub: Hub, call: Call): Promise<Reply> {
  const caller = callerOf(call);
  if (!isPerson(caller)) throw refuse(403, 'Need to be logged in as USER/SESSION user to put step state');
  const step = hub.steps.step(param(call, 'id'), param(call, 'rev'));
  if (step?.status !== 'NEW') throw refuse(500, 'Error with accessing data');
  if (step.owner !== caller.prn) throw refuseTwice(403, 'No write access to step state', 400);
  const state = await strictBodyMap(call, 400);
  acceptState(hub, step.owner, state, call);
  const stateSha = hub.steps.states.keep(canonicalOf(state));
  const now = hub.now();
  const usedObjects = hub.steps.usedObjects(step.owner, stateSha);
  hub.steps.replace({ ...step, stateSha, usedObjects, stepTime: now, progressTime: 0, modified: now });
  return answer(hub.steps.states.text(stateSha));
}

function getMeta(hub: Hub, call: Call): Reply {
  const step = visibleStep(hub, call, trailInPath(hub, call));
  if (!step) throw refuse(500, 'Error getting trail public');
  return answer(step.meta);
}

/** Replaces all of it, whatever the step's status. */
async function putMeta(hub: Hub, call: Call): Promise<Reply> {
  const caller = callerOf(call);
  if (!isPerson(caller)) throw refuse(403, 'Need to be logged in as USER/SESSION user to put step meta');
  const step = hub.steps.step(param(call, 'id'), param(call, 'rev'));
  if (!step) throw refuse(500, 'Error with accessing data');
  if (step.owner !== caller.prn) throw refuseTwice(403, 'No write access to step meta', 400);
  const meta = canonicalOf(await strictBodyMap(call, 400));
  hub.steps.replace({ ...step, meta, modified: hub.now() });
  return answer(meta);
}
