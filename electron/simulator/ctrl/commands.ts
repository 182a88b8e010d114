/** `POST /commands` (ctrl_commands_ep.c, ctrl_cmd.c). */
import { z } from 'zod';
import { ok, type Reply, type Request, readJson, readText, refusal } from '../exchange.ts';
import { MESSAGE, progressOf } from '../life/messages.ts';
import type { QueuedCommand } from '../life/model.ts';
import { FACTORY } from '../life/model.ts';
import { isRevisionName } from '../trail.ts';
import type { ControlledDevice, Parts } from './model.ts';
import { unsupported } from './steps.ts';

const commandSchema = z.object({ op: z.string(), payload: z.string() });

export async function commands(device: ControlledDevice, request: Request, parts: Parts): Promise<Reply | undefined> {
  if (parts.length > 1) return undefined;
  if (request.method !== 'POST') return unsupported();
  const command = readJson(commandSchema, await readText(request, 64 * 1024));
  return command ? run(device, command.op, command.payload) : badFormat();
}

function run(device: ControlledDevice, op: string, payload: string): Reply {
  switch (op) {
    case 'LOCAL_RUN':
    case 'LOCAL_RUN_COMMIT':
      if (!isRevisionName(payload)) return badFormat();
      return queue(device, { kind: 'run', revision: payload, commit: op === 'LOCAL_RUN_COMMIT' });
    case 'REBOOT_DEVICE':
      return queue(device, { kind: 'reboot' });
    case 'POWEROFF_DEVICE':
      return queue(device, { kind: 'power-off' });
    case 'RUN_GC':
      device.collectGarbage();
      return ok();
    case 'MAKE_FACTORY':
      return device.hub()?.standing().claimed ? isClaimed() : makeFactory(device, payload);
    case 'ENABLE_SSH':
    case 'DISABLE_SSH':
      device.setSsh(op === 'ENABLE_SSH');
      return ok();
    case 'GO_REMOTE':
      return goRemote(device);
    case 'UPDATE_METADATA':
      return isRemote(device) ? ok() : refusal(409, 'Cannot do this operation while on local mode');
    case 'UNCLAIM':
      return unclaim(device);
    case 'DEFER_REBOOT':
    case 'TRY_ONCE':
    case 'LOCAL_APPLY':
    case 'XCONNECT_GRAPH':
      return ok();
    default:
      return badFormat();
  }
}

/** One command at a time, and none while an update runs; the two refusals differ in their text and their Retry-After. */
function queue(device: ControlledDevice, command: QueuedCommand): Reply {
  const { kind } = device.life().phase;
  if (kind === 'queued') return commandWaits();
  if (kind !== 'idle') return updateRuns();
  device.happen({ kind: 'command', command });
  return ok();
}

function isRemote(device: ControlledDevice): boolean {
  return device.hub()?.standing().mode === 'remote';
}

/** In the order of the device's own checks (ctrl_cmd.c, pv_ctrl_cmd_add). */
function goRemote(device: ControlledDevice): Reply {
  const hub = device.hub();
  if (!hub) return refusal(409, 'Cannot do this operation when remote mode is disabled by config');
  if (isRemote(device)) return nothingToDo();
  if (device.life().phase.kind === 'queued') return commandWaits();
  hub.goRemote();
  return ok();
}

function unclaim(device: ControlledDevice): Reply {
  const hub = device.hub();
  if (!hub?.standing().claimed) return nothingToDo();
  if (device.life().phase.kind !== 'idle') return updateRuns();
  hub.unclaim();
  return ok();
}

function nothingToDo(): Reply {
  return { status: 204, headers: { 'Content-Type': 'application/json' }, body: '' };
}

function commandWaits(): Reply {
  return refusal(503, 'A command is already in progress. Try again', { 'Retry-After': '120' });
}

function updateRuns(): Reply {
  return refusal(503, 'Cannot do this operation while update is ongoing', { 'Retry-After': '600' });
}

function isClaimed(): Reply {
  return refusal(409, 'Cannot do this operation if device is already claimed');
}

function makeFactory(device: ControlledDevice, payload: string): Reply {
  const revision = payload === '' ? device.life().boot.running : payload;
  const state = device.trail.state(revision);
  if (state !== undefined) {
    device.trail.putState(FACTORY, state);
    device.trail.putProgress(FACTORY, progressOf('DONE', MESSAGE.factory));
  }
  return ok();
}

function badFormat(): Reply {
  return refusal(400, 'Command has bad format');
}
