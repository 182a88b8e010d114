import { statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';

/** The log starts anew when it has grown beyond this. */
const maxLogBytes = 5_000_000;

export interface Log {
  info(what: string, facts?: Readonly<Record<string, unknown>>): void;
  /** For what nobody foresaw. */
  error(error: unknown): void;
  close(): void;
}

/** `trailboss.log` in the profile, for reports of problems. Anything that could be a secret is taken out by its name. */
export function openLog(profileDir: string): Log {
  const dest = join(profileDir, 'trailboss.log');
  startAnewWhenLarge(dest);
  const destination = pino.destination({ dest, sync: true, mode: 0o600, mkdir: true });
  // A log that can't be written (a full disk) must not end the program.
  destination.on('error', () => {});
  const secrets = ['passphrase', 'password', 'token', 'pem', 'privateKey', 'secret', 'authorization', 'cookie'];
  const redact = { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[taken out]' };
  const logger = pino({ base: null, redact, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  let closed = false;
  return {
    info: (what, facts = {}) => {
      if (!closed) logger.info(facts, what);
    },
    error: (error) => {
      if (closed) console.error('trailboss: after its end:', error);
      else logger.error(error instanceof Error ? { err: error } : { thrown: String(error) }, 'unexpected');
    },
    close: () => {
      closed = true;
      destination.end();
    },
  };
}

function startAnewWhenLarge(path: string): void {
  try {
    if (statSync(path).size > maxLogBytes) truncateSync(path);
  } catch {
    // There is none yet.
  }
}
