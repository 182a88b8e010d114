import { z } from 'zod';
import type { HubIdentity } from '../source.ts';

const Identity = z.object({
  deviceId: z.string().regex(/^[0-9a-f]{24}$/),
  challenge: z.string().min(1).optional().catch(undefined),
});

/**
 * The two files `device-id` and `challenge`, one line each, as `cat` prints them one after the other. A device that is on no hub has
 * neither, or an empty id; a claimed one has no challenge (pantavisor pantahub.c, pv_ph_update_hint_file).
 */
export function readHubIdentity(printed: Uint8Array): HubIdentity | undefined {
  const [deviceId = '', ...rest] = new TextDecoder().decode(printed).split('\n');
  const challenge = rest.map((line) => line.trim()).find((line) => line !== '');
  const parsed = Identity.safeParse({ deviceId: deviceId.trim(), challenge });
  if (!parsed.success) return undefined;
  return { deviceId: parsed.data.deviceId, ...(parsed.data.challenge !== undefined && { challenge: parsed.data.challenge }) };
}
