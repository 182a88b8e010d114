import { join } from 'node:path';
import { z } from 'zod';
import { TrailbossError } from '../../shared/contract/errors.ts';
import type { SecretChoice, SecretKeeping } from '../../shared/contract/hub.ts';
import type { Keyring } from './keyring.ts';
import { keepSecretsFileAside, readSecretsFile, writeSecretsFile } from './secrets-file.ts';
import { type LockedSecrets, makeLock, openLock, type SecretsLock, seal, unseal } from './secrets-lock.ts';

const Secrets = z.record(z.string(), z.string());

/** How secrets are kept right now, with what that needs. */
type Keeping =
  | { readonly kind: 'keyring' | 'memory' }
  | { readonly kind: 'passphrase'; readonly lock: SecretsLock }
  | { readonly kind: 'locked'; readonly locked: LockedSecrets }
  /** `stranded`: there is a file that the keyring, missing or another one, does not open. */
  | { readonly kind: 'undecided'; readonly stranded: boolean };

/** A file that could not be read, and where it is now. */
export interface KeptAside {
  readonly path: string;
}

/**
 * The secrets of this profile, by name: in the platform's keyring, in memory, or in a file under a passphrase. On disk they are never
 * in plain text; the one file there is `secrets.json`, written whole.
 */
export class SecretStore {
  readonly #path: string;
  readonly #keyring: Keyring;
  readonly #now: () => number;
  #keeping: Keeping;
  #secrets: ReadonlyMap<string, string> = new Map();
  #keptAside: KeptAside | undefined;

  constructor(dir: string, keyring: Keyring, now: () => number) {
    this.#path = join(dir, 'secrets.json');
    this.#keyring = keyring;
    this.#now = now;
    this.#keeping = this.#open();
  }

  get keeping(): SecretKeeping {
    const { kind } = this.#keeping;
    const { available, reason } = this.#keyring;
    return {
      kind: kind === 'locked' ? 'passphrase' : kind,
      keyringAvailable: available,
      ...(!available && reason !== undefined && { keyringReason: reason }),
      locked: kind === 'locked',
    };
  }

  /** The last file that was damaged in this run. */
  get keptAside(): KeptAside | undefined {
    return this.#keptAside;
  }

  /** Secrets are in a file that needs a keyring which is not there, or is another one than before. */
  get stranded(): boolean {
    return this.#keeping.kind === 'undecided' && this.#keeping.stranded;
  }

  /** Undefined too while the file is locked. */
  get(name: string): string | undefined {
    return this.#secrets.get(name);
  }

  /** SECRETS_LOCKED while the file is locked; BAD_INPUT where nobody has chosen how secrets are kept; LOCAL_STORAGE. */
  set(name: string, secret: string): void {
    this.checkReady();
    this.#keep(this.#keeping, new Map([...this.#secrets, [name, secret]]));
  }

  /** Throws what `set` would throw for how secrets are kept. */
  checkReady(): void {
    if (this.#keeping.kind === 'locked') throw lockedProblem();
    if (this.#keeping.kind === 'undecided') throw undecidedProblem(this.#keyring.reason);
  }

  /** False where it may still be in a file that can't be opened. LOCAL_STORAGE. */
  delete(name: string): boolean {
    const left = new Map(this.#secrets);
    if (left.delete(name)) this.#keep(this.#keeping, left);
    return this.#keeping.kind !== 'locked' && !this.stranded;
  }

  /** Forgets all others. While the file is locked nothing happens: do it again when it was unlocked. */
  retain(names: ReadonlySet<string>): void {
    const left = [...this.#secrets].filter(([name]) => names.has(name));
    if (left.length < this.#secrets.size) this.#keep(this.#keeping, new Map(left));
  }

  /**
   * Keeps secrets in another way from now on, and moves those that are there. A file that can't be opened (its passphrase is forgotten,
   * its keyring is gone) is put aside, sealed as it is. BAD_INPUT where there is no keyring.
   */
  async choose(choice: SecretChoice): Promise<void> {
    const keeping = await this.#chosen(choice);
    const closed = this.#keeping.kind === 'locked' || this.stranded;
    if (closed) keepSecretsFileAside(this.#path, this.#now());
    this.#keep(keeping, this.#secrets);
  }

  /** SECRETS_LOCKED for a wrong passphrase; LOCAL_STORAGE where the file is damaged, which is put aside then. */
  async unlock(passphrase: string): Promise<void> {
    if (this.#keeping.kind !== 'locked') return;
    const { locked } = this.#keeping;
    const lock = await openLock(locked, passphrase);
    if (lock === 'wrong-passphrase') throw wrongPassphrase();
    // Somebody else unlocked it or chose another way meanwhile; that holds.
    if (this.#keeping.kind !== 'locked' || this.#keeping.locked !== locked) return;
    const secrets = parsed(() => unseal(lock, locked));
    if (secrets === undefined) {
      this.#keeping = this.#withoutFile();
      throw damagedProblem(this.#putAside());
    }
    this.#secrets = secrets;
    this.#keeping = { kind: 'passphrase', lock };
  }

  async #chosen(choice: SecretChoice): Promise<Keeping> {
    switch (choice.kind) {
      case 'memory':
        return { kind: 'memory' };
      case 'keyring':
        if (!this.#keyring.available) throw noKeyringProblem(this.#keyring.reason);
        return { kind: 'keyring' };
      case 'passphrase':
        return { kind: 'passphrase', lock: await makeLock(choice.passphrase) };
    }
  }

  #open(): Keeping {
    const file = readSecretsFile(this.#path);
    if (file === undefined) return this.#withoutFile();
    if (file === 'damaged') {
      this.#putAside();
      return this.#withoutFile();
    }
    switch (file.kept) {
      case 'memory':
        return { kind: 'memory' };
      case 'passphrase':
        return { kind: 'locked', locked: file };
      case 'keyring': {
        const secrets = this.#keyring.available ? parsed(() => this.#keyring.decrypt(file.sealed)) : undefined;
        if (secrets === undefined) return { kind: 'undecided', stranded: true };
        this.#secrets = secrets;
        return { kind: 'keyring' };
      }
    }
  }

  #withoutFile(): Keeping {
    return this.#keyring.available ? { kind: 'keyring' } : { kind: 'undecided', stranded: false };
  }

  #putAside(): KeptAside {
    this.#keptAside = { path: keepSecretsFileAside(this.#path, this.#now()) };
    return this.#keptAside;
  }

  /** On disk first: what could not be written is not there in this run either. */
  #keep(keeping: Keeping, secrets: ReadonlyMap<string, string>): void {
    const text = JSON.stringify(Object.fromEntries(secrets));
    switch (keeping.kind) {
      case 'memory':
        if (this.#keeping.kind !== 'memory') writeSecretsFile(this.#path, { kept: 'memory' });
        break;
      case 'keyring':
        writeSecretsFile(this.#path, { kept: 'keyring', sealed: Buffer.from(this.#encrypt(text)).toString('base64') });
        break;
      case 'passphrase':
        writeSecretsFile(this.#path, { kept: 'passphrase', ...seal(keeping.lock, text) });
        break;
      case 'locked':
      case 'undecided':
        return;
    }
    this.#keeping = keeping;
    this.#secrets = secrets;
  }

  #encrypt(text: string): Uint8Array {
    try {
      return this.#keyring.encrypt(text);
    } catch (error) {
      throw keyringRefused(error);
    }
  }
}

function parsed(open: () => string): ReadonlyMap<string, string> | undefined {
  try {
    return new Map(Object.entries(Secrets.parse(JSON.parse(open()))));
  } catch {
    return undefined;
  }
}

function lockedProblem(): TrailbossError {
  return new TrailbossError('SECRETS_LOCKED', {
    what: 'The file that holds your sign-ins is locked.',
    unchanged: 'Nothing was signed in and nothing was written.',
    next: 'Unlock it with its passphrase in Settings, and try again.',
  });
}

function wrongPassphrase(): TrailbossError {
  return new TrailbossError('SECRETS_LOCKED', {
    what: 'This is not the passphrase of your file of sign-ins.',
    unchanged: 'The file stays locked, and nothing in it changed.',
    next: 'Type it again. If it is lost, choose anew how sign-ins are kept, and sign in again.',
  });
}

function undecidedProblem(reason: string | undefined): TrailbossError {
  return new TrailbossError('BAD_INPUT', {
    what: 'It is not decided yet where Trailboss may keep your sign-in.',
    unchanged: 'Nobody was signed in, and nothing was written.',
    next: 'Choose in Settings: in memory until Trailboss ends, or in a file under a passphrase.',
    ...(reason !== undefined && { raw: reason }),
  });
}

function noKeyringProblem(reason: string | undefined): TrailbossError {
  return new TrailbossError('BAD_INPUT', {
    what: 'There is no keyring here that could keep your sign-ins.',
    unchanged: 'They are kept as they were.',
    next: 'Choose memory, or a file under a passphrase.',
    ...(reason !== undefined && { raw: reason }),
  });
}

function keyringRefused(error: unknown): TrailbossError {
  const raw = error instanceof Error ? error.message : String(error);
  const what = "The system's keyring did not take the sign-in.";
  const next = 'Unlock the keyring and try again, or choose in Settings another way to keep sign-ins.';
  return new TrailbossError(
    'LOCAL_STORAGE',
    { what, unchanged: 'What was kept before is as it was.', next, raw },
    { cause: error },
  );
}

function damagedProblem(aside: KeptAside): TrailbossError {
  return new TrailbossError('LOCAL_STORAGE', {
    what: 'The passphrase is right, but the file of sign-ins is damaged.',
    unchanged: `The file was put aside as ${aside.path}; your accounts and devices are still listed.`,
    next: 'Choose how sign-ins are kept, and sign in again.',
  });
}
