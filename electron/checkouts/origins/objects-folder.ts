import { join, resolve } from 'node:path';

/** Where pvr keeps the objects of all checkouts that name no other place (main.go, cmdclone.go): `PVR_OBJECTS_DIR`, else in its own folder. */
export function pvrObjectsFolder(env: Readonly<Record<string, string | undefined>>, pvrDir: string): string {
  const chosen = env.PVR_OBJECTS_DIR;
  return chosen === undefined || chosen === '' ? join(resolve(pvrDir), 'objects') : resolve(chosen);
}
