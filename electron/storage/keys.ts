import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import type { SshAuth } from '../../shared/contract/connection.ts';
import { TrailbossError } from '../../shared/contract/errors.ts';
import { agentKeyNames } from '../net/agent.ts';
import { inspectPrivateKey, makeKeyPair } from '../net/keys.ts';
import type { LoginKey, LoginKeys } from '../sources/source.ts';
import { localStorageProblem } from './database.ts';

/** A key file larger than this is none. */
const maxKeyBytes = 64 * 1024;

export interface OwnKey {
  readonly publicKey: string;
  readonly fingerprint: string;
  readonly path: string;
}

/**
 * The keys that log in over SSH: Trailboss's own pair (a file that only this user can read, like those in ~/.ssh), key
 * files of the person, and the agent. Passphrases are kept in memory only and asked again after a restart.
 */
export class KeyRing implements LoginKeys {
  readonly #path: string;
  readonly #passphrases = new Map<string, string>();

  constructor(dir: string) {
    this.#path = join(dir, 'id_trailboss');
  }

  /** Made at first use. */
  own(): OwnKey {
    const inspected = inspectPrivateKey(this.#ownPrivate(), undefined);
    if (inspected.kind === 'ready')
      return { publicKey: inspected.publicLine, fingerprint: inspected.fingerprint, path: this.#path };
    throw unreadable(this.#path, 'reason' in inspected ? inspected.reason : inspected.kind);
  }

  async keyFor(auth: SshAuth): Promise<LoginKey> {
    switch (auth.kind) {
      case 'own-key':
        return { kind: 'private-key', pem: this.#ownPrivate(), passphrase: undefined };
      case 'agent':
        return { kind: 'agent', socket: this.#agentSocket() };
      case 'key-file':
        return this.#fromFile(auth.path);
    }
  }

  /** Remembers a key file's passphrase until Trailboss ends. Refuses a wrong one at once. */
  async unlock(path: string, passphrase: string): Promise<void> {
    const inspected = inspectPrivateKey(await readKey(path), passphrase);
    if (inspected.kind !== 'ready') {
      throw new TrailbossError('PASSPHRASE_NEEDED', {
        what:
          inspected.kind === 'wrong-passphrase'
            ? 'This is not the passphrase of that key.'
            : `${path} can't be used as a private key.`,
        unchanged: 'The key stays locked.',
        next: 'Type it again.',
      });
    }
    this.#passphrases.set(path, passphrase);
  }

  /** The names of the keys that the agent offers. */
  async agentKeys(): Promise<{ available: boolean; keys: string[] }> {
    const socket = agentSocket();
    if (socket === undefined) return { available: false, keys: [] };
    const keys = await agentKeyNames(socket);
    return { available: keys !== undefined, keys: [...(keys ?? [])] };
  }

  async #fromFile(path: string): Promise<LoginKey> {
    const pem = await readKey(path);
    const passphrase = this.#passphrases.get(path);
    const inspected = inspectPrivateKey(pem, passphrase);
    switch (inspected.kind) {
      case 'ready':
        return { kind: 'private-key', pem, passphrase };
      case 'needs-passphrase':
      case 'wrong-passphrase':
        throw new TrailbossError('PASSPHRASE_NEEDED', {
          what: `The key ${path} is locked with a passphrase.`,
          unchanged: 'No login was tried.',
          next: 'Type its passphrase; it is kept in memory until Trailboss ends.',
        });
      case 'public-only':
        throw unreadable(path, 'it holds a public key; the private one is usually beside it, without .pub');
      case 'unreadable':
        throw unreadable(path, inspected.reason);
    }
  }

  #ownPrivate(): string {
    try {
      if (!existsSync(this.#path)) {
        const pair = makeKeyPair(`trailboss@${hostname()}`);
        writeFileSync(this.#path, pair.privateKey, { mode: 0o600, flag: 'wx' });
        writeFileSync(`${this.#path}.pub`, `${pair.publicLine}\n`, { mode: 0o644 });
      }
      return readFileSync(this.#path, 'utf8');
    } catch (error) {
      throw localStorageProblem(error);
    }
  }

  #agentSocket(): string {
    const socket = agentSocket();
    if (socket !== undefined) return socket;
    throw new TrailbossError('LOGIN_REFUSED', {
      what: 'There is no ssh-agent running for this user.',
      unchanged: 'No login was tried.',
      next: 'Start one and add your key (ssh-add), or choose another key for this device.',
    });
  }
}

function agentSocket(): string | undefined {
  const socket = process.env.SSH_AUTH_SOCK ?? (process.platform === 'win32' ? String.raw`\\.\pipe\openssh-ssh-agent` : '');
  return socket === '' ? undefined : socket;
}

async function readKey(path: string): Promise<string> {
  const full = path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
  try {
    const text = await readFile(full, 'utf8');
    if (text.length > maxKeyBytes) throw new Error('it is too large to be a key');
    return text;
  } catch (error) {
    throw unreadable(path, error instanceof Error ? error.message : String(error));
  }
}

function unreadable(path: string, reason: string): TrailbossError {
  return new TrailbossError('LOGIN_REFUSED', {
    what: `${path} can't be used as a private key.`,
    unchanged: 'No login was tried.',
    next: 'Choose another key file.',
    raw: reason,
  });
}
