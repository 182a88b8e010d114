import { statfs } from 'node:fs/promises';
import { TrailbossError } from '../../../shared/contract/errors.ts';

/** So much is left free on a disk, in bytes. */
const reserve = 64 * 1024 * 1024;

/** Counts bytes that are about to be written to a folder, and stops before its disk is full, or the tarball turns out a bomb. */
export class Allowance {
  #left: number;

  private constructor(left: number) {
    this.#left = left;
  }

  static async of(dir: string): Promise<Allowance> {
    const { bavail, bsize } = await statfs(dir);
    return new Allowance(Math.max(0, bavail * bsize - reserve));
  }

  /** NO_SPACE when there is no room for so many bytes more. */
  spend(bytes: number): void {
    this.#left -= bytes;
    if (this.#left >= 0) return;
    throw new TrailbossError('NO_SPACE', {
      what: 'There is not enough room on this computer for what the export holds.',
      unchanged: 'What is committed and the files of the checkout are as they were.',
      next: 'Free some space, or choose another disk.',
    });
  }
}
