/** /trails/:id/steps/:rev/progress, cancel and wontgo (hub: trails/put-trails-rev-progress.go, put-trail-rev-cancel.go). */
import { bodyMap, type Call, callerOf, param } from './call.ts';
import type { Hub } from './hub.ts';
import { isObjectId } from './ids.ts';
import { type JsonMap, stringAt } from './json-text.ts';
import { answer, type Reply, refuse } from './reply.ts';
import { type Route, route } from './routing.ts';
import { WRITE_TRAILS } from './scopes.ts';
import { deviceOf, type Step } from './step-records.ts';
import { progressText } from './step-text.ts';

export function stepProgressRoutes(hub: Hub): readonly Route[] {
  const cancel = { status: 'CANCEL', progress: 100, 'status-msg': 'Cancel as requested by owner' };
  const wontgo = { status: 'WONTGO', progress: 100, 'status-msg': 'Mark as WONTGO as requested by owner' };
  return [
    route('PUT', '/:id/steps/:rev/progress', WRITE_TRAILS, (call) => report(hub, call)),
    route('PUT', '/:id/steps/:rev/cancel', WRITE_TRAILS, (call) => override(hub, call, 'NEW', cancel)),
    route('PUT', '/:id/steps/:rev/wontgo', WRITE_TRAILS, (call) => override(hub, call, 'INPROGRESS', wontgo)),
  ];
}

/** By the device, which may report what it likes: no transition is checked, and all that was there is replaced. */
async function report(hub: Hub, call: Call): Promise<Reply> {
  const body = await bodyMap(call);
  const caller = callerOf(call);
  if (caller.type !== 'DEVICE') throw refuse(403, 'Only devices can update step status');
  const step = stepInPath(hub, call);
  if (!step || deviceOf(step) !== caller.prn) throw refuse(400, 'Error updating trail: not found');
  return write(hub, step, body);
}

/** By the owner with a token of type USER, while the step has the one status it may be taken from. */
function override(hub: Hub, call: Call, from: string, progress: JsonMap): Reply {
  const caller = callerOf(call);
  if (caller.type !== 'USER') throw refuse(403, 'Only user can update step status');
  const step = stepInPath(hub, call);
  if (!step || step.owner !== caller.prn || step.status !== from) throw refuse(400, `A step in state ${from} was not found`);
  return write(hub, step, progress);
}

function stepInPath(hub: Hub, call: Call): Step | undefined {
  const id = param(call, 'id');
  if (!isObjectId(id)) throw refuse(500, 'Invalid device ID');
  if (!hub.devices.get(id)) throw refuse(500, 'Error checking device is public or not');
  return hub.steps.step(id, param(call, 'rev'));
}

function write(hub: Hub, step: Step, progress: JsonMap): Reply {
  const text = progressText(progress);
  const now = hub.now();
  hub.steps.replace({ ...step, status: stringAt(progress, 'status'), progress: text, progressTime: now, modified: now });
  hub.steps.touch(step.trail, now);
  return answer(text);
}
