import { randomUUID } from 'node:crypto';
import type { TrustAnchor } from '../../shared/contract/signature.ts';
import { Listeners } from '../fleet/listeners.ts';
import type { StoredAnchor, TrustStore } from '../storage/trust.ts';
import { readPemFile } from './key-file.ts';
import { problem } from './problems.ts';
import { anchorsIn, type Trust, trustFrom } from './trust.ts';

/** What a person gave to be trusted: a PEM text, or a file with it. */
export interface NewTrust {
  readonly path?: string | undefined;
  readonly pem?: string | undefined;
  readonly name?: string | undefined;
}

/** The certificates and keys that a person trusts to sign. */
export class TrustedSigners {
  readonly changes = new Listeners<void>();
  readonly #store: TrustStore;
  readonly #now: () => number;
  #trust: Trust | undefined;

  constructor(store: TrustStore, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** What signatures are verified with. */
  get trust(): Trust {
    this.#trust ??= trustFrom(this.#store.all());
    return this.#trust;
  }

  list(): readonly TrustAnchor[] {
    return this.#store.all().map(({ pem: _pem, ...shown }) => shown);
  }

  /** How many were new. BAD_INPUT for a private key and for what holds nothing to trust; nothing is kept of either. */
  async add({ path, pem, name }: NewTrust): Promise<number> {
    const text = path === undefined ? (pem ?? '') : await readPemFile(path);
    const { anchors, hasPrivateKey } = anchorsIn(text);
    if (hasPrivateKey) {
      throw refused(
        'This holds a private key.',
        'Give only the certificate or the public key. If others can read this file, make a new key.',
      );
    }
    if (anchors.length === 0)
      throw refused(
        'This holds no certificate and no public key in PEM form.',
        'Choose a PEM file with a root certificate or a public key.',
      );
    const named = name?.trim() ?? '';
    const added = anchors.filter((anchor, at) =>
      this.#store.add({ ...anchor, id: randomUUID(), name: nameFor(anchor, named, anchors.length, at), addedAt: this.#now() }),
    );
    this.#changed();
    return added.length;
  }

  remove(id: string): void {
    if (!this.#store.remove(id)) throw refused('This signer is not in the list any more.', 'Look at the list again.');
    this.#changed();
  }

  restore(id: string): void {
    if (!this.#store.restore(id)) throw refused('This signer can’t be brought back any more.', 'Add it anew.');
    this.#changed();
  }

  #changed(): void {
    this.#trust = undefined;
    this.changes.tell();
  }
}

function nameFor({ name }: Pick<StoredAnchor, 'name'>, given: string, count: number, at: number): string {
  if (given === '') return name;
  return count === 1 ? given : `${given} ${at + 1}`;
}

function refused(what: string, next: string) {
  return problem('BAD_INPUT', what, next);
}
