import { z } from 'zod';
import type { HubCredential } from '../../sources/hub/hub.ts';

const Credential = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('api-token'),
    id: z.string(),
    name: z.string(),
    secret: z.string(),
    endsAt: z
      .number()
      .optional()
      .transform((at) => at),
  }),
  z.object({ kind: z.literal('session'), token: z.string(), endsAt: z.number() }),
]);

/** What the store of secrets keeps of an account. */
export function credentialText(credential: HubCredential): string {
  return JSON.stringify(credential);
}

/** Undefined for what another version wrote. */
export function parseCredential(text: string): HubCredential | undefined {
  try {
    const credential = Credential.parse(JSON.parse(text));
    return credential.kind === 'session' ? credential : { ...credential, endsAt: credential.endsAt };
  } catch {
    return undefined;
  }
}

/** When a personal API token ends; undefined for one that does not, and for a session. */
export function tokenEnd(credential: HubCredential): number | undefined {
  return credential.kind === 'api-token' ? credential.endsAt : undefined;
}
