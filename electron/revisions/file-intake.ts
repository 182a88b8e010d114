import { randomUUID } from 'node:crypto';
import { maxPieceBytes } from '../../shared/contract/draft.ts';
import { TrailbossError } from '../../shared/contract/errors.ts';
import { FileId } from '../../shared/contract/ids.ts';
import type { ObjectStore, ObjectWriter, StoredObject } from '../storage/objects.ts';

/** A file whose next piece does not come for so many milliseconds is given up. */
const patience = 120_000;

interface Incoming {
  readonly writer: ObjectWriter;
  readonly size: number;
  /** Pieces are written one after the other. */
  work: Promise<void>;
  timer: NodeJS.Timeout;
}

/** Files on their way from the screen into the local store, in pieces, so that their size does not matter to memory. */
export class FileIntake {
  readonly #store: ObjectStore;
  readonly #incoming = new Map<FileId, Incoming>();

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  /** @param size in bytes */
  async open(size: number): Promise<FileId> {
    const id = FileId.parse(randomUUID());
    const writer = await this.#store.begin();
    this.#incoming.set(id, { writer, size, work: Promise.resolve(), timer: this.#expiry(id) });
    return id;
  }

  async piece(id: FileId, at: number, bytes: Blob): Promise<void> {
    const incoming = this.#get(id);
    clearTimeout(incoming.timer);
    incoming.timer = this.#expiry(id);
    const write = async () => {
      const { writer, size } = incoming;
      if (bytes.size > maxPieceBytes || at !== writer.size || at + bytes.size > size) throw notTheNextPiece();
      await writer.write(new Uint8Array(await bytes.arrayBuffer()));
    };
    incoming.work = incoming.work.then(write);
    try {
      await incoming.work;
    } catch (error) {
      await this.drop(id);
      throw error;
    }
  }

  /** Ends a file that came whole. */
  async finish(id: FileId): Promise<StoredObject> {
    const incoming = this.#get(id);
    try {
      await incoming.work;
      if (incoming.writer.size !== incoming.size) throw notTheNextPiece();
      return await incoming.writer.finish();
    } finally {
      await this.drop(id);
    }
  }

  /** Gives a file up, whatever came of it. */
  async drop(id: FileId): Promise<void> {
    const incoming = this.#incoming.get(id);
    if (!incoming) return;
    this.#incoming.delete(id);
    clearTimeout(incoming.timer);
    await incoming.writer.abort();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#incoming.keys()].map((id) => this.drop(id)));
  }

  #get(id: FileId): Incoming {
    const incoming = this.#incoming.get(id);
    if (incoming) return incoming;
    throw new TrailbossError('NOT_FOUND', {
      what: 'This file was not taken in to its end.',
      unchanged: 'The draft is as it was before.',
      next: 'Add the file again.',
    });
  }

  #expiry(id: FileId): NodeJS.Timeout {
    return setTimeout(() => void this.drop(id), patience);
  }
}

function notTheNextPiece(): TrailbossError {
  return new TrailbossError('CONFLICT', {
    what: 'The pieces of this file did not arrive in order.',
    unchanged: 'The draft is as it was before.',
    next: 'Add the file again.',
  });
}
