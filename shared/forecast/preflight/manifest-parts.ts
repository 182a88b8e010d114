import { type Manifest, readManifest } from '../../state/manifest.ts';

/** The member of exactly this name: `name` must not be found where `namespace` is meant. */
export function rawOf(manifest: Manifest, key: string): string | undefined {
  const found = manifest.members.find((candidate) => candidate.key === key);
  return found === undefined ? undefined : manifest.raw.slice(found.start, found.end);
}

/** The text of a member; undefined for another value. */
export function exactText(manifest: Manifest, key: string): string | undefined {
  const value: unknown = JSON.parse(rawOf(manifest, key) ?? 'null');
  return typeof value === 'string' ? value : undefined;
}

/** The object that a member is; undefined for another value. */
export function exactObject(manifest: Manifest, key: string): Manifest | undefined {
  const raw = rawOf(manifest, key);
  return raw === undefined ? undefined : readManifest(raw);
}

/** A list's texts at their places; other items are empty texts, which no file or driver is called. */
export function textsOf(raw: string | undefined): readonly string[] {
  const value: unknown = JSON.parse(raw ?? '[]');
  return Array.isArray(value) ? value.map((item) => (typeof item === 'string' ? item : '')) : [];
}

/** `dm:root.squashfs` names the file root.squashfs, mounted by a handler (pantavisor volumes.c, pv_volume_mount). */
export function fileOf(volume: string): string {
  return volume.slice(volume.indexOf(':') + 1);
}
