/** Who may see a trail (hub: trails/utils.go, isTrailPublic, and the queries of each handler). */
import { type Call, type Claims, callerOf, isPerson, param } from './call.ts';
import type { Hub } from './hub.ts';
import { isObjectId } from './ids.ts';
import { refuse } from './reply.ts';
import { deviceOf, type Step, type Trail } from './step-records.ts';

export interface SeenTrail {
  readonly trail: Trail;
  readonly public: boolean;
  readonly caller: Claims;
  /** Whether the caller sees it: it is public, or theirs. */
  readonly visible: boolean;
}

/** The trail in the path. An unknown one and one that is no hex are both 500: it is looked at for being public first. */
export function trailInPath(hub: Hub, call: Call): SeenTrail {
  const id = param(call, 'id');
  const trail = isObjectId(id) ? hub.steps.trail(id) : undefined;
  const device = trail && hub.devices.get(trail.id);
  if (!trail || !device) throw refuse(500, 'Error getting trail public');
  const caller = callerOf(call);
  return { trail, public: device.public, caller, visible: device.public || owns(caller, trail) };
}

/** The step in the path, where the caller sees it. */
export function visibleStep(hub: Hub, call: Call, seen: SeenTrail): Step | undefined {
  return seen.visible ? hub.steps.step(seen.trail.id, param(call, 'rev')) : undefined;
}

export function owns(caller: Claims, of: Trail | Step): boolean {
  return caller.type === 'DEVICE' ? deviceOf(of) === caller.prn : isPerson(caller) && of.owner === caller.prn;
}
