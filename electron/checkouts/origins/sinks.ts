import type { ObjectStore } from '../../storage/objects.ts';
import { shaOfFile } from '../folder/file-facts.ts';
import type { PvrObjects } from '../pvr-folder.ts';
import type { ObjectSink } from './bring-objects.ts';

/** The object folder of a checkout. Others write to it as well, so what is there is read before it counts, as pvr does (repolib.go, getObjects). */
export function folderSink(objects: PvrObjects): ObjectSink {
  return {
    look: async (sha, signal) => {
      if ((await objects.size(sha)) === undefined) return 'absent';
      return (await shaOfFile(objects.path(sha), signal)) === sha ? 'good' : 'bad';
    },
    adopt: (sha, file, how, signal) => (how === 'link' ? objects.link(sha, file, signal) : objects.clone(sha, file, signal)),
    take: (sha, bytes, signal) => objects.take(sha, bytes, signal),
  };
}

/** Trailboss' own objects, which came in checked. */
export function storeSink(store: ObjectStore): ObjectSink {
  return {
    look: async (sha) => ((await store.size(sha)) === undefined ? 'absent' : 'good'),
    adopt: async (sha, file, how, signal) => {
      await store.link(sha, file, how, signal);
    },
    take: async (sha, bytes) => {
      await store.put(bytes, sha);
    },
  };
}
