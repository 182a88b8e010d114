import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import type { PvrSession } from '../../../shared/contract/hub.ts';
import { type PvrLogin, parsePvrAuth } from '../../sources/hub/index.ts';

/** A file of sessions longer than this was not written by pvr. */
const maxCharacters = 1_000_000;

/** Where pvr keeps its sessions (pvr: main.go). */
export function pvrFolder(env: Readonly<Record<string, string | undefined>>, home: string): string {
  const chosen = env.PVR_CONFIG_DIR;
  return chosen !== undefined && chosen !== '' ? chosen : join(home, '.pvr');
}

/** The sessions that `pvr login` left in its folder; none where there is no such file. BAD_INPUT where it can't be read. */
export async function readPvrLogins(pvrDir: string): Promise<readonly PvrLogin[]> {
  const path = join(pvrDir, 'auth.json');
  try {
    const text = await readFile(path, 'utf8');
    if (text.length > maxCharacters) throw new Error('it is too large');
    return parsePvrAuth(text);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new TrailbossError(
      'BAD_INPUT',
      {
        what: `The file of pvr's sessions, ${path}, can't be read.`,
        unchanged: 'It was left as it is, and nobody was signed in.',
        next: 'Run `pvr login` again, or sign in with your password.',
        raw: error instanceof Error ? error.message : String(error),
      },
      { cause: error },
    );
  }
}

/** What the screen may know of it: everything but the token. A session that has ended can't be renewed, not by pvr either. */
export function pvrSession(login: PvrLogin, now: number): PvrSession {
  const { url, nick, endsAt } = login;
  return { url, usable: isUsable(login, now), ...(nick !== undefined && { nick }), ...(endsAt !== undefined && { endsAt }) };
}

export function isUsable({ endsAt }: PvrLogin, now: number): boolean {
  return endsAt === undefined || endsAt > now;
}
