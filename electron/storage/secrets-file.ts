import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { localStorageProblem } from './database.ts';
import { LockedSecrets } from './secrets-lock.ts';

const format = 'trailboss-secrets@1';

/** The file of secrets. It says how they are kept, so that the choice and what it is about can't drift apart. */
export const SecretsFile = z.discriminatedUnion('kept', [
  z.object({ format: z.literal(format), kept: z.literal('memory') }),
  z.object({
    format: z.literal(format),
    kept: z.literal('keyring'),
    sealed: z.base64().transform((text) => Buffer.from(text, 'base64')),
  }),
  LockedSecrets.extend({ format: z.literal(format), kept: z.literal('passphrase') }),
]);
export type SecretsFile = z.infer<typeof SecretsFile>;

/** Undefined where there is none yet; `damaged` for anything that is no file of secrets. LOCAL_STORAGE where it can't be read. */
export function readSecretsFile(path: string): SecretsFile | 'damaged' | undefined {
  if (!existsSync(path)) return undefined;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw localStorageProblem(error);
  }
  try {
    return SecretsFile.parse(JSON.parse(text));
  } catch {
    return 'damaged';
  }
}

/** Writes it whole or not at all, readable by this user only. `content` holds nothing in plain text. */
export function writeSecretsFile(path: string, content: Readonly<Record<string, unknown>>): void {
  const fresh = `${path}.new`;
  try {
    rmSync(fresh, { force: true });
    const file = openSync(fresh, 'wx', 0o600);
    try {
      writeFileSync(file, `${JSON.stringify({ format, ...content })}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(fresh, path);
  } catch (error) {
    throw localStorageProblem(error);
  }
}

/** Puts the file out of the way without losing it; answers with where it is now. */
export function keepSecretsFileAside(path: string, at: number): string {
  const aside = `${path}.kept-${at}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    throw localStorageProblem(error);
  }
  return aside;
}
