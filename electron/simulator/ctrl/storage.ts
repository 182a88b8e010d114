/** `POST /storage/gc` (ctrl_storage_ep.c). */
import { json, type Reply, type Request } from '../exchange.ts';
import { type ControlledDevice, never, type Parts } from './model.ts';
import { unsupported } from './steps.ts';

export function storage(device: ControlledDevice, request: Request, parts: Parts): Reply | Promise<Reply> | undefined {
  // Seen once and never explained: a read of /storage hangs.
  if (parts.length === 1) return never();
  if (parts[1] !== 'gc' || parts.length > 2) return undefined;
  return request.method === 'POST' ? json(200, JSON.stringify({ reclaimed: device.collectGarbage() })) : unsupported();
}
