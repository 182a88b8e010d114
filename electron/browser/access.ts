import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const fileName = 'browser-access.json';
const sessionAgeMs = 30 * 24 * 60 * 60 * 1000;
const sessionsKept = 16;

const recordSchema = z.object({
  /** sha256 of the token that may be exchanged next, hex. */
  token: z.string().optional(),
  sessions: z.array(z.object({ hash: z.string(), createdMs: z.number() })),
});
type AccessRecord = z.infer<typeof recordSchema>;

/**
 * Who may use the browser host: one outstanding token, exchanged once for a session. Only hashes are kept, in a file of the
 * profile that its owner alone can read, so that open pages survive a restart and a second start can issue a token as well.
 */
export interface Access {
  /** Makes a token; the one before it, if still unused, is dead. */
  issueToken(): Promise<string>;
  /** @returns the secret of a new session, or undefined when the token is not the outstanding one */
  exchange(token: string): Promise<string | undefined>;
  isSession(secret: string): Promise<boolean>;
}

export function openAccess(profileDir: string, now: () => number): Access {
  const file = join(profileDir, fileName);
  let last: Promise<unknown> = Promise.resolve();

  /** One change at a time: two requests with one token must not both find it unused. */
  function exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  }

  async function load(): Promise<AccessRecord> {
    const parsed = recordSchema.safeParse(parseJson(await readFile(file, 'utf8').catch(() => '')));
    return parsed.success ? parsed.data : { sessions: [] };
  }

  async function save(record: AccessRecord): Promise<void> {
    await mkdir(profileDir, { recursive: true, mode: 0o700 });
    const draft = `${file}.${process.pid}`;
    await rm(draft, { force: true });
    await writeFile(draft, JSON.stringify(record), { mode: 0o600, flag: 'wx' });
    await rename(draft, file);
  }

  const living = (record: AccessRecord) => record.sessions.filter((session) => now() - session.createdMs < sessionAgeMs);

  return {
    issueToken: () =>
      exclusively(async () => {
        const token = randomSecret();
        await save({ token: hashOf(token), sessions: living(await load()) });
        return token;
      }),
    exchange: (token) =>
      exclusively(async () => {
        const record = await load();
        if (record.token === undefined || !sameHash(record.token, hashOf(token))) return undefined;
        const secret = randomSecret();
        const session = { hash: hashOf(secret), createdMs: now() };
        await save({ sessions: [...living(record), session].slice(-sessionsKept) });
        return secret;
      }),
    async isSession(secret) {
      const hash = hashOf(secret);
      return living(await load()).some((session) => sameHash(session.hash, hash));
    },
  };
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function sameHash(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
