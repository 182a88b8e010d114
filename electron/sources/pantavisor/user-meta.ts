import { TrailbossError } from '../../../shared/contract/errors.ts';

type Meta = Readonly<Record<string, unknown>>;

/** Bytes; the device answers larger ones with “no space” (recordings: values of 8,000 bytes and more). */
const largestValue = 7_999;

/** The part of pv-ctrl that this needs. */
export interface MetaControl {
  metadata(of: 'user-meta', signal: AbortSignal): Promise<Meta>;
  setUserMeta(key: string, value: string, signal: AbortSignal): Promise<void>;
  deleteUserMeta(key: string, signal: AbortSignal): Promise<void>;
}

/** Reads what is there, and writes key by key what the change makes different: other keys are never touched. */
export async function changeUserMeta(ctrl: MetaControl, change: (own: Meta) => Meta, signal: AbortSignal): Promise<Meta> {
  const before = await ctrl.metadata('user-meta', signal);
  const after = change(before);
  const isNew = ([key, value]: readonly [string, unknown]) =>
    !Object.hasOwn(before, key) || metaText(value) !== metaText(before[key]);
  const set = Object.entries(after).filter(isNew);
  // Before anything is written: what the device would not take must not leave half a change behind.
  for (const [key, value] of set) userMetaValue(key, metaText(value));
  for (const [key, value] of set) await ctrl.setUserMeta(key, metaText(value), signal);
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) await ctrl.deleteUserMeta(key, signal);
  return ctrl.metadata('user-meta', signal);
}

/** A value as the device takes it: texts as they are, everything else as JSON. */
function metaText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** BAD_INPUT for a value that the device refuses: an empty one, and one that is too large (pantavisor.md §4). */
export function userMetaValue(key: string, text: string): string {
  const bytes = Buffer.byteLength(text);
  if (bytes > 0 && bytes <= largestValue) return text;
  throw new TrailbossError('BAD_INPUT', {
    what: `The device does not take ${bytes === 0 ? 'an empty value' : `a value of ${bytes} bytes`} for ${key}.`,
    unchanged: 'Its metadata was left as it is.',
    next: bytes === 0 ? 'Delete the key instead.' : `Use at most ${largestValue} bytes.`,
  });
}
