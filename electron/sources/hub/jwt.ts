import { z } from 'zod';

/** Seconds since 1970; tokens for foreign programs have a time's text in it (hub: auth/auth-authorize.go). */
const Instant = z
  .union([z.number(), z.string()])
  .transform((value) => {
    const seconds = typeof value === 'number' ? value : /^\d+(\.\d+)?$/.test(value) ? Number(value) : Date.parse(value) / 1000;
    return Number.isFinite(seconds) ? Math.round(seconds * 1000) : undefined;
  })
  .optional()
  .catch(undefined);

const Text = z.string().optional().catch(undefined);

const Claims = z.object({ exp: Instant, orig_iat: Instant, type: Text, prn: Text, nick: Text });

/** What a hub's token says of itself. Instants in milliseconds since 1970, by the hub's clock. */
export interface HubClaims {
  readonly endsAt: number | undefined;
  /** When the login was; without it the token can't be renewed. */
  readonly since: number | undefined;
  /** USER, SESSION, DEVICE, … */
  readonly type: string | undefined;
  readonly prn: string | undefined;
  readonly nick: string | undefined;
}

/** Reads a token without checking its signature, which only the hub can; undefined when it is no JWT. */
export function readClaims(token: string): HubClaims | undefined {
  const payload = token.split('.')[1];
  if (payload === undefined || token.split('.').length !== 3) return undefined;
  try {
    const { exp, orig_iat, type, prn, nick } = Claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    return { endsAt: exp, since: orig_iat, type, prn, nick };
  } catch {
    return undefined;
  }
}
