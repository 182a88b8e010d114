/** `/containers`, `/groups` and `/daemons` (ctrl_containers_ep.c, ctrl_groups_ep.c, ctrl_daemons_ep.c). */
import { z } from 'zod';
import { groupsOf } from '../../../shared/state/groups.ts';
import { groupRecoveries, readState } from '../container-specs.ts';
import { json, ok, type Reply, type Request, readText, refusal } from '../exchange.ts';
import type { AutoRecovery, Container, ContainerStatus } from '../life/model.ts';
import { type ControlledDevice, never, type Parts } from './model.ts';
import { unsupported } from './steps.ts';

const actionSchema = z.object({ action: z.enum(['start', 'stop', 'restart']) });

export async function containers(device: ControlledDevice, request: Request, parts: Parts): Promise<Reply | undefined> {
  const [, name, ...more] = parts;
  if (name === undefined) {
    return request.method === 'GET' ? json(200, JSON.stringify(device.life().containers.map(shown))) : unsupported();
  }
  if (name === '' || more.length > 0) return undefined;
  return request.method === 'PUT' ? control(device, request, name) : unsupported();
}

/** A container as listed. One that has not been started yet does not know its group's recovery; system ones have none. */
function shown(each: Container): Readonly<Record<string, unknown>> {
  const base = {
    name: each.name,
    group: each.group,
    status: each.status,
    status_goal: each.goal,
    restart_policy: each.policy,
    roles: each.roles,
  };
  if (each.policy === 'system') return base;
  const recovery = each.recovery && {
    auto_recovery: {
      policy: each.recovery.policy,
      max_retries: each.recovery.maxRetries,
      current_retries: each.retries,
      stable_timeout: each.recovery.stableTimeout,
      is_stable: String(each.stable),
      backoff_policy: each.recovery.backoffPolicy,
    },
  };
  return { ...base, ...(each.begun ? recovery : {}), user_stopped: String(each.userStopped) };
}

async function control(device: ControlledDevice, request: Request, name: string): Promise<Reply> {
  const text = await readText(request, 64 * 1024);
  if (text === '') return never();
  const target = device.life().containers.find((each) => each.name === name);
  if (!target) return refusal(404, 'Container not found');
  if (target.policy === 'system') return refusal(403, "Container has restart_policy 'system' and cannot be controlled via API");
  const read = readAction(text ?? '');
  if (typeof read === 'object') return read;
  if (read !== 'stop' && !CONTROLLABLE.includes(target.status)) return refusal(400, WRONG_STATE[read]);
  device.happen({ kind: 'container', name, action: read });
  return ok();
}

const CONTROLLABLE: readonly ContainerStatus[] = ['STARTED', 'STARTING', 'STOPPED', 'STOPPING', 'RECOVERING'];
const WRONG_STATE = {
  start: 'Container must be in STOPPED, STOPPING, or RECOVERING state to start',
  restart: 'Container state does not allow restart',
} as const;

function readAction(text: string): 'start' | 'stop' | 'restart' | Reply {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refusal(400, "Missing 'action' field");
  }
  const read = actionSchema.safeParse(value);
  if (read.success) return read.data.action;
  const given = typeof value === 'object' && value !== null && 'action' in value;
  return refusal(400, given ? "Invalid action. Use 'start', 'stop', or 'restart'" : "Missing 'action' field");
}

export function groups(device: ControlledDevice, request: Request, parts: Parts): Reply | undefined {
  if (parts.length > 1) return undefined;
  if (request.method !== 'GET') return unsupported();
  const { containers: all, boot } = device.life();
  const state = readState(device.trail.state(boot.running) ?? '{}');
  if (!state) return json(200, '[]');
  const recoveries = groupRecoveries(state);
  const listed = groupsOf(state).groups.map((group) => ({
    name: group.name,
    status_goal: group.statusGoal,
    restart_policy: group.restartPolicy,
    status: combinedStatus(all.filter((each) => each.group === group.name)),
    ...shownRecovery(recoveries.get(group.name)),
  }));
  return json(200, JSON.stringify(listed));
}

function shownRecovery(recovery: AutoRecovery | undefined): Readonly<Record<string, unknown>> {
  if (!recovery) return {};
  const { maxRetries, stableTimeout, backoffPolicy } = recovery;
  return { auto_recovery: { max_retries: maxRetries, stable_timeout: stableTimeout, backoff_policy: backoffPolicy } };
}

/** The least advanced of several containers; recovering and stopped ones do not count (group.c). */
export function combinedStatus(all: readonly Container[]): string {
  for (const status of ['INSTALLED', 'BLOCKED', 'STARTING'] as const)
    if (all.some((each) => each.status === status)) return status;
  return 'READY';
}

const DAEMONS = ['hwrngd', 'pv-xconnect'];
const FIRST_PID = 1136;

export async function daemons(device: ControlledDevice, request: Request, parts: Parts): Promise<Reply | undefined> {
  const [, name, ...more] = parts;
  if (name === undefined) return request.method === 'GET' ? json(200, daemonList(device)) : unsupported();
  if (name === '' || more.length > 0) return undefined;
  if (request.method !== 'PUT') return unsupported();
  const action = readAction((await readText(request, 64 * 1024)) ?? '');
  if (typeof action === 'object') return action;
  if (!DAEMONS.includes(name)) return refusal(404, 'Daemon not found');
  if (action === 'stop') device.stoppedDaemons.add(name);
  else device.stoppedDaemons.delete(name);
  return ok();
}

/** The process id of pv-xconnect tells a client that the runtime was restarted; hwrngd is not there on every board. */
function daemonList(device: ControlledDevice): string {
  const { bootCount } = device.life().boot;
  const listed = DAEMONS.map((name) => {
    if (device.stoppedDaemons.has(name)) return { name, pid: -1, respawn: false };
    return { name, pid: name === 'hwrngd' ? 0 : FIRST_PID + bootCount * 72, respawn: true };
  });
  return JSON.stringify(listed);
}
