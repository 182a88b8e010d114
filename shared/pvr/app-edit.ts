import type { AppEdit } from '../contract/checkout.ts';
import { quote } from '../state/canonical.ts';
import { CanonicalNumberError } from '../state/canonical-number.ts';
import { effectiveGroup, hasLxcConf, keptVolumes, overlayVolume, renderRunJson } from './app-run-json.ts';
import { type AppSource, readAppSource } from './app-source.ts';
import { lastGroupOf } from './groups-json.ts';
import { canonicalMembers, isPlainObject, objectMember, putMember, takeMember } from './object-text.ts';

/** The files of an app in a working tree, as texts. */
export interface AppFiles {
  /** Of its folder, which is the name of the container too. */
  readonly name: string;
  readonly src: string;
  /** Undefined where there is none. */
  readonly run: string | undefined;
  /** groups.json of the working tree, where it is tracked. */
  readonly groups: string | undefined;
}

export type AppEdited =
  | { readonly ok: true; readonly src: string; readonly run: string }
  /** Nothing is changed; `reason` is a sentence. */
  | { readonly ok: false; readonly reason: string };

class Refusal extends Error {}

/**
 * Changes what `pvr app install` derives from src.json, in src.json and in run.json at once, so that an install afterwards changes nothing
 * (pvr.md §5). Both texts stay as they are but for the members that the edit is about, and what differed in run.json before differs still. A
 * run.json that is missing, or that pvr wrote wrongly, is rendered whole. Edits that would change the LXC configuration as well are
 * refused: that file is an object, and pvr alone writes it. Never throws.
 */
export function editApp(files: AppFiles, edit: AppEdit): AppEdited {
  try {
    return edited(files, edit);
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, reason: error.message };
    if (error instanceof CanonicalNumberError) return { ok: false, reason: `${files.name}: ${error.message}.` };
    throw error;
  }
}

function edited(files: AppFiles, edit: AppEdit): AppEdited {
  const before = sourceIn(files.src);
  const src = withPersistence(withArguments(files.src, edit), before, edit);
  const after = sourceIn(src);
  checkConf(before, after);
  return { ok: true, src, run: runAfter(files, before, after) };
}

function sourceIn(text: string): AppSource {
  const reading = readAppSource(text);
  if (!reading.ok) throw new Refusal(reading.reason);
  return reading.source;
}

function withArguments(text: string, edit: AppEdit): string {
  const wishes: readonly (readonly [string, string | null | undefined])[] = [
    ['PV_RESTART_POLICY', quoted(edit.restartPolicy)],
    ['PV_GROUP', quoted(edit.group)],
    ['PV_STATUS_GOAL', quoted(edit.statusGoal)],
    ['PV_ROLES', edit.roles === undefined || edit.roles === null ? edit.roles : `[${edit.roles.map(quote).join(',')}]`],
  ];
  return wishes.reduce((src, [name, raw]) => (raw === undefined ? src : withMemberOf(src, 'args', name, raw)), text);
}

function quoted(text: string | null | undefined): string | null | undefined {
  return text === undefined || text === null ? text : quote(text);
}

/** `raw` null: without the member. */
function withMemberOf(text: string, parent: string, name: string, raw: string | null): string {
  const existing = objectMember(text, parent);
  const object = existing === undefined || existing === 'null' ? '{}' : existing;
  const changed = raw === null ? takeMember(object, name) : putMember(object, name, raw);
  return changed === object ? text : putMember(text, parent, changed);
}

function withPersistence(text: string, source: AppSource, { persistence }: AppEdit): string {
  const kept = keptVolumes(source);
  let src = text;
  for (const [volume, kind] of Object.entries(persistence ?? {})) {
    const own = [...source.persistence.keys()].find((path) => path === volume || path === `${volume}/`);
    if (volume !== overlayVolume && !kept.has(volume)) {
      throw new Refusal(
        `${volume} is no volume of this app yet. A new one is mounted by lxc.container.conf too, which pvr alone writes: name it in src.json and run pvr app install.`,
      );
    }
    if (kind === null) src = withoutOwnPersistence(src, source, volume, own);
    else if (!/^(permanent|revision|boot)(@[A-Za-z0-9._-]+)?$/.test(kind)) {
      throw new Refusal(
        `${kind} is no persistence: a device knows permanent, revision and boot, with a disk behind an @ or without.`,
      );
    } else src = withMemberOf(src, 'persistence', own ?? volume, quote(kind));
  }
  return src;
}

function withoutOwnPersistence(src: string, source: AppSource, volume: string, own: string | undefined): string {
  if (own === undefined) return src;
  const { imageVolumes } = source;
  if (volume !== overlayVolume && !imageVolumes?.some((path) => path === volume || path === `${volume}/`)) {
    throw new Refusal(
      imageVolumes === undefined
        ? `src.json does not say whether the image itself has the volume ${volume}: an older pvr wrote it. Run pvr app update first.`
        : `Without its persistence ${volume} would be no volume any more, and its mount in lxc.container.conf would have to go, which pvr alone writes: change src.json and run pvr app install.`,
    );
  }
  return withMemberOf(src, 'persistence', own, null);
}

function checkConf(before: AppSource, after: AppSource): void {
  if (hasLxcConf(before) === hasLxcConf(after)) return;
  throw new Refusal(
    hasLxcConf(after)
      ? 'A container that leaves the status goal MOUNTED needs an lxc.container.conf, which pvr alone writes: change PV_STATUS_GOAL in src.json and run pvr app install.'
      : 'With the status goal MOUNTED a container has no lxc.container.conf any more, and pvr does not delete it: change PV_STATUS_GOAL in src.json, run pvr app install, and remove that file.',
  );
}

function runAfter({ name, run, groups }: AppFiles, before: AppSource, after: AppSource): string {
  const lastGroup = lastGroupOf(groups);
  const was = renderRunJson(name, before, effectiveGroup(before, lastGroup));
  const becomes = renderRunJson(name, after, effectiveGroup(after, lastGroup));
  if (!becomes.ok) throw new Refusal(becomes.reason);
  if (run === undefined || !was.ok || !isPlainObject(run)) return becomes.text;
  const [own, old, next] = [run, was.text, becomes.text].map((text) => objectMember(text, 'storage'));
  const carried = carriedOver(run, was.text, becomes.text, storage);
  if (own === undefined || old === undefined || next === undefined) return carried;
  return isPlainObject(own) ? putMember(carried, 'storage', carriedOver(own, old, next)) : carried;
}

/** Its members are carried over one by one. */
const storage: ReadonlySet<string> = new Set(['storage']);

/** `text` with the members that differ between `was` and `becomes`. */
function carriedOver(text: string, was: string, becomes: string, apart: ReadonlySet<string> = new Set()): string {
  const old = canonicalMembers(was);
  const next = canonicalMembers(becomes);
  let result = text;
  for (const key of new Set([...old.keys(), ...next.keys()])) {
    const raw = next.get(key);
    if (apart.has(key) || raw === old.get(key)) continue;
    result = raw === undefined ? takeMember(result, key) : putMember(result, key, raw);
  }
  return result;
}
