import { setTimeout as pause } from 'node:timers/promises';
import { type Request, Unreachable } from '../exchange.ts';
import type { FaultSwitches } from '../faults.ts';

/** The body of an upload as the faults let it through: slowly, or only its beginning. Real time, not device time. */
export async function* received(request: Request, faults: FaultSwitches): AsyncGenerator<Uint8Array> {
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
