import type { HubCredential } from '../../sources/hub/hub.ts';

const day = 86_400_000;
/** So long before its end a personal token is exchanged for a fresh one, in milliseconds; the hub gives it a year. */
const renewBefore = 30 * day;
/** Milliseconds between two looks at which tokens end soon, for a program that runs for weeks. */
export const lookForEndingEvery = day / 2;

export type ApiToken = Extract<HubCredential, { kind: 'api-token' }>;

/** A token that still works, and not for long. A session can't be exchanged: it ends a day after it began. */
export function endsSoon(credential: HubCredential | undefined, now: number): credential is ApiToken {
  if (credential?.kind !== 'api-token' || credential.endsAt === undefined) return false;
  return credential.endsAt > now && credential.endsAt - now < renewBefore;
}
