/** The files of the device that a login can see, and where they lie on the machine that simulates. */
import { createReadStream, readdirSync, statSync } from 'node:fs';
import { join, normalize } from 'node:path';

export interface DeviceFiles {
  /** The real path of a device's path, or undefined where there is nothing. */
  find(path: string): string | undefined;
  /** Where a link leads, as it is written in it. */
  link(path: string): string | undefined;
  list(path: string): readonly string[] | undefined;
  read(path: string): AsyncIterable<Uint8Array> | undefined;
}

/** Who the device is at its hub, on the host and in its containers (paths.h, pv_paths_pv_file). */
const HINTS = /^\/(?:run\/pantavisor\/pv|var\/run\/pantavisor\/pv|pantavisor)\/(device-id|challenge|pantahub-host)$/;

function existing(file: string): string | undefined {
  return statSync(file, { throwIfNoEntry: false }) ? file : undefined;
}

/**
 * @param storagePath where the device mounts its storage.
 * @param dir where that lies here: `objects`, `logs` and `trails` in it can be seen.
 * @param running the running revision, which `logs/current` leads to.
 */
export function deviceFiles(storagePath: string, dir: string, running: () => string): DeviceFiles {
  const seen = ['objects', 'logs', 'trails'];

  function find(path: string): string | undefined {
    const clean = normalize(path);
    const hint = HINTS.exec(clean)?.[1];
    if (hint !== undefined) return existing(join(dir, 'run', hint));
    if (!clean.startsWith(`${storagePath}/`)) return undefined;
    const [room = '', ...rest] = clean.slice(storagePath.length + 1).split('/');
    if (!seen.includes(room)) return undefined;
    const inside = room === 'logs' && rest[0] === 'current' ? [...running().split('/'), ...rest.slice(1)] : rest;
    return existing(join(dir, room, ...inside));
  }

  return {
    find,
    link: (path) => (normalize(path) === `${storagePath}/logs/current` ? running() : undefined),
    list(path) {
      const folder = normalize(`/${path}/`);
      if (folder === `${storagePath}/`) return seen;
      // The folders on the way to what can be seen.
      const below = [storagePath, '/run/pantavisor/pv'].flatMap((place) =>
        `${place}/`.startsWith(folder) ? (place.slice(folder.length).split('/')[0] ?? []) : [],
      );
      if (below.length > 0) return [...new Set(below)].filter((name) => name !== '');
      const real = find(path);
      if (real === undefined || !statSync(real).isDirectory()) return undefined;
      return readdirSync(real).filter((name) => !name.startsWith('.'));
    },
    read(path) {
      const real = find(path);
      return real === undefined || !statSync(real).isFile() ? undefined : createReadStream(real);
    },
  };
}
