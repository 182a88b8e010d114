/** Taking in an object, the same over the control socket and the pvr endpoint (ctrl_objects_ep.c, ctrl_upload.c). */
import { setTimeout as pause } from 'node:timers/promises';
import { type Request, Unreachable } from '../exchange.ts';
import type { FaultSwitches } from '../faults.ts';
import type { ControlledDevice } from './model.ts';

/** The request's body was read for the last two only. */
export type Upload = 'already-there' | 'no-space' | 'stored' | 'bad-checksum';

/**
 * Takes in an object under its name. A valid one that is there is not read again, so nothing that is sent can harm it
 * (ctrl_objects_ep.c, before the upload begins). Throws where the connection is lost.
 */
export async function takeUpload({ objects, faults }: ControlledDevice, request: Request, sha: string): Promise<Upload> {
  if (objects.matches(sha)) return 'already-there';
  if (faults.has('no-space')) return 'no-space';
  const outcome = await objects.put(sha, received(request, faults));
  if (outcome === 'bad-checksum' || !faults.has('wrong-hash')) return outcome;
  objects.remove(sha);
  return 'bad-checksum';
}

/** Reads the rest of a request and throws it away. */
export async function drain({ body }: Request): Promise<void> {
  for await (const _chunk of body) {
    // Thrown away.
  }
}

/** The body of an upload as the faults let it through: slowly, or only its beginning. Real time, not device time. */
async function* received(request: Request, faults: FaultSwitches): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of request.body) {
    bytes += chunk.length;
    const cutAfter = faults.amount('cut-upload-after');
    if (cutAfter !== undefined && bytes > cutAfter) throw new Unreachable('reset');
    const rate = faults.amount('slow-upload');
    if (rate !== undefined && rate > 0) await pause((chunk.length / rate) * 1000);
    yield chunk;
  }
}
