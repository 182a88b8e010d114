import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { UploadItem } from '../../electron/revisions/upload.ts';
import { ObjectStore } from '../../electron/storage/objects.ts';
import { Sha256 } from '../../shared/state/ids.ts';

/** The objects of a folder, each a file that is named by its sha256. */
export async function itemsIn(dir: string): Promise<readonly UploadItem[]> {
  const store = new ObjectStore(dir);
  return Promise.all(
    (await readdir(dir)).map(async (name) => {
      const sha = Sha256.parse(name);
      const { size } = await stat(join(dir, name));
      return { sha, size, key: `bench/${name}`, open: (reading: AbortSignal) => store.read(sha, reading) };
    }),
  );
}
