import { z } from 'zod';
import { readClaims } from './jwt.ts';

/** A session that `pvr login` left. The token is a secret. `endsAt` in milliseconds since 1970. */
export interface PvrLogin {
  /** The hub's origin. */
  readonly url: string;
  readonly nick: string | undefined;
  readonly token: string;
  readonly endsAt: number | undefined;
}

const Entry = z.object({ 'access-token': z.string().min(1) });
const AuthFile = z.object({ tokens: z.record(z.string(), z.unknown()).nullish() });

/**
 * The text of pvr's `auth.json` (pvr: libpvr/authlib.go): `{"spec":"1","tokens":{"<auth endpoint> realm=<realm>":{"access-token":…}}}`.
 * What can't be read is left out; a text that is no such file has no sessions.
 */
export function parsePvrAuth(text: string): readonly PvrLogin[] {
  const file = AuthFile.safeParse(jsonIn(text));
  return Object.entries((file.success ? file.data.tokens : undefined) ?? {}).flatMap(([key, value]) => {
    const entry = Entry.safeParse(value);
    const endpoint = URL.parse(key.split(' realm=')[0] ?? '');
    if (!entry.success || (endpoint?.protocol !== 'https:' && endpoint?.protocol !== 'http:')) return [];
    const token = entry.data['access-token'];
    const claims = readClaims(token);
    return claims === undefined ? [] : [{ url: endpoint.origin, nick: claims.nick, token, endsAt: claims.endsAt }];
  });
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
