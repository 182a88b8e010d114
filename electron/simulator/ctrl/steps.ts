/** `/steps`: revisions, their states, progress and commit messages (ctrl_steps_ep.c). */
import { json, ok, type Reply, type Request, readText, refusal } from '../exchange.ts';
import { MESSAGE, progressOf } from '../life/messages.ts';
import { isRevisionName } from '../trail.ts';
import { acceptance } from '../verdict.ts';
import type { ControlledDevice, Parts } from './model.ts';

/** A progress longer than this is shown as `{}` in the list of steps. */
const LONGEST_LISTED_PROGRESS = 500;
/** A local name has fewer characters than this. */
const LONGEST_NAME = 64;
/** A state that crashes the parser: the runtime is back after so many device seconds. */
const DAEMON_RESTART = 2;
const LARGEST_STATE = 64 * 1024 * 1024;

export async function steps(device: ControlledDevice, request: Request, parts: Parts): Promise<Reply | undefined> {
  if (parts.length === 1) return request.method === 'GET' ? json(200, listOf(device)) : unsupported();
  const what = readPath(parts);
  if (!what) return undefined;
  switch (`${request.method} ${what.part}`) {
    case 'GET state':
      return found(device.trail.state(nameOf(device, what.revision)));
    case 'GET progress':
      return found(progressText(device, nameOf(device, what.revision)));
    case 'PUT state':
      return what.revision.startsWith('locals/') ? putState(device, request, what.revision) : unsupported();
    case 'PUT commitmsg':
      return putMessage(device, request, what.revision);
    default:
      return unsupported();
  }
}

type StepPath = { readonly revision: string; readonly part: 'state' | 'progress' | 'commitmsg' };

/** `/steps/<n>`, `/steps/locals/<name>` and their parts; anything deeper is no endpoint. */
function readPath([, ...rest]: Parts): StepPath | undefined {
  const local = rest[0] === 'locals';
  const revision = rest.slice(0, local ? 2 : 1).join('/');
  const tail = rest.slice(local ? 2 : 1);
  if (revision === '' || revision.endsWith('/') || (local && rest.length < 2) || tail.length > 1) return undefined;
  if (tail[0] === undefined) return { revision, part: 'state' };
  return tail[0] === 'progress' || tail[0] === 'commitmsg' ? { revision, part: tail[0] } : undefined;
}

function nameOf(device: ControlledDevice, revision: string): string {
  return revision === 'current' ? device.life().boot.running : revision;
}

function found(text: string | undefined): Reply {
  return text === undefined ? refusal(404, 'Resource does not exist') : json(200, text);
}

function progressText(device: ControlledDevice, revision: string): string | undefined {
  const progress = device.trail.progress(revision);
  return progress && JSON.stringify(progress);
}

function listOf(device: ControlledDevice): string {
  const items = device.trail.list().map((step) => {
    const progress = step.progress ? JSON.stringify(step.progress) : '{}';
    const date = `${step.date.toISOString().slice(0, 19)}Z`;
    const shown = progress.length > LONGEST_LISTED_PROGRESS ? '{}' : progress;
    return `{"name":${JSON.stringify(step.name)}, "date":"${date}", "commitmsg":${JSON.stringify(step.message)}, "progress":${shown}}`;
  });
  return `[${items.join(',')}]`;
}

async function putState(device: ControlledDevice, request: Request, revision: string): Promise<Reply> {
  const name = revision.slice('locals/'.length);
  if (name.length >= LONGEST_NAME || !isRevisionName(revision)) return badName();
  const text = await readText(request, LARGEST_STATE);
  if (text === undefined) return refusal(400, 'Request has bad format');
  const accepted = acceptance(text);
  if (accepted === 'crash') device.happen({ kind: 'cut', what: 'runtime', seconds: DAEMON_RESTART });
  if (accepted !== 'accepted') return refusal(422, 'Parser: State JSON has bad format');
  device.trail.putState(revision, text);
  device.trail.putProgress(revision, progressOf('NEW', MESSAGE.readyToRun));
  return ok();
}

async function putMessage(device: ControlledDevice, request: Request, revision: string): Promise<Reply> {
  if (!isRevisionName(revision)) return badName();
  const text = await readText(request, LARGEST_STATE);
  if (text === undefined) return refusal(400, 'Request has bad format');
  device.trail.putMessage(revision, text);
  return ok();
}

/** In the device's own spelling. */
function badName(): Reply {
  return refusal(400, 'Request has bas step name');
}

export function unsupported(): Reply {
  return refusal(400, 'Method not supported for this endpoint');
}
