/** The hub's tokens: RS256 JWTs for callers and log cursors, HS256 JWTs in signed URLs (hub: auth/authservices, objects/objects-jwt.go). */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { CompactSign, compactVerify, importPKCS8, importSPKI } from 'jose';
import type { Claims } from './call.ts';
import { type HubDatabase, numberOf, textOf } from './database.ts';
import { isMap, type Json, type JsonMap, parseJson, stringAt } from './json-text.ts';

export interface Tokens {
  sign(claims: JsonMap): Promise<string>;
  /** The claims; undefined for a token that is not ours, ended, or of a session that was ended. */
  verify(token: string): Promise<JsonMap | undefined>;
  signUrl(claims: JsonMap): Promise<string>;
  verifyUrl(token: string): Promise<JsonMap | undefined>;
  /** Every token issued so far to this account (or to anyone) is refused from now on. */
  end(prn: string | undefined): void;
}

const EVERYONE = '*';

/** Makes the keys once and keeps them in the database: it takes a moment. */
export async function openTokens(database: HubDatabase, now: () => number): Promise<Tokens> {
  const keys = readKeys(database) ?? makeKeys(database);
  const [priv, pub] = await Promise.all([importPKCS8(keys.private, 'RS256'), importSPKI(keys.public, 'RS256')]);
  const secret = Buffer.from(keys.object, 'hex');
  // Keys are made once per process for hubs in memory: the number's first half keeps their tokens apart.
  const hub = keys.object.slice(0, 8);
  // Tokens are numbered in their header, so that a session can be ended without a claim that a real token does not have.
  let serial = numberOf(database.get("SELECT value + 0 AS v FROM keys WHERE name = 'serial'") ?? {}, 'v');
  const keepSerial = (): void => {
    database.run("INSERT INTO keys VALUES ('serial', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", String(serial));
  };
  const ended = new Map<string, number>();
  for (const row of database.all('SELECT * FROM ended')) ended.set(textOf(row, 'prn'), numberOf(row, 'below'));

  const bytes = (claims: JsonMap): Uint8Array => new TextEncoder().encode(JSON.stringify(claims));

  function isOver(claims: JsonMap): boolean {
    // jwt-go looks at numbers only: a text as `exp` never ends.
    const { exp } = claims;
    return typeof exp === 'number' && exp * 1000 <= now();
  }

  return {
    sign(claims) {
      serial += 1;
      if (serial % 100 === 1) keepSerial();
      return new CompactSign(bytes(claims)).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: `${hub}.${serial}` }).sign(priv);
    },
    async verify(token) {
      try {
        const { payload, protectedHeader } = await compactVerify(token, pub, { algorithms: ['RS256'] });
        const claims = parseJson(new TextDecoder().decode(payload));
        if (!isMap(claims) || isOver(claims)) return undefined;
        const [from, number] = (protectedHeader.kid ?? '').split('.');
        if (from !== hub) return undefined;
        const below = Math.max(ended.get(stringAt(claims, 'prn')) ?? 0, ended.get(EVERYONE) ?? 0);
        return Number(number) <= below ? undefined : claims;
      } catch {
        return undefined;
      }
    },
    signUrl: (claims) => new CompactSign(bytes(claims)).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(secret),
    async verifyUrl(token) {
      try {
        const { payload } = await compactVerify(token, secret, { algorithms: ['HS256'] });
        const claims = parseJson(new TextDecoder().decode(payload));
        return isMap(claims) && !isOver(claims) ? claims : undefined;
      } catch {
        return undefined;
      }
    },
    end(prn) {
      // After a restart numbers go on from the last one that was kept, at most a hundred behind.
      serial += 100;
      keepSerial();
      ended.set(prn ?? EVERYONE, serial);
      database.run(
        'INSERT INTO ended VALUES (?, ?) ON CONFLICT (prn) DO UPDATE SET below = excluded.below',
        prn ?? EVERYONE,
        serial,
      );
    },
  };
}

/** What a route needs of a token; undefined where it names nobody (hub: utils/auth.go answers 403 then). */
export function claimsOf(map: JsonMap): Claims | undefined {
  const { prn, type, owner }: Record<string, Json | undefined> = map;
  if (typeof prn !== 'string' || typeof type !== 'string') return undefined;
  const scopes = stringAt(map, 'scopes')
    .split(/\s+/)
    .filter((scope) => scope !== '');
  return { prn, type, nick: stringAt(map, 'nick'), owner: typeof owner === 'string' ? owner : undefined, scopes, all: map };
}

interface KeyTexts {
  readonly private: string;
  readonly public: string;
  readonly object: string;
}

function readKeys(database: HubDatabase): KeyTexts | undefined {
  const texts = new Map(database.all('SELECT * FROM keys').map((row) => [textOf(row, 'name'), textOf(row, 'value')]));
  const [priv, pub, object] = [texts.get('private'), texts.get('public'), texts.get('object')];
  return priv && pub && object ? { private: priv, public: pub, object } : undefined;
}

let pairOfThisProcess: { readonly privateKey: string; readonly publicKey: string } | undefined;

function makeKeys(database: HubDatabase): KeyTexts {
  pairOfThisProcess ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const pair = pairOfThisProcess;
  const keys = { private: pair.privateKey, public: pair.publicKey, object: randomBytes(32).toString('hex') };
  for (const [name, value] of Object.entries(keys)) database.run('INSERT INTO keys VALUES (?, ?)', name, value);
  return keys;
}
