/** New revisions that come from here live under this prefix; the part behind it is what a person types. */
export const localsPrefix = 'locals/';

/** A name must stay under this many characters (pantavisor ctrl, PUT /steps/locals/<name>). */
export const nameLimit = 64;

export type NameFault = 'empty' | 'too-long' | 'slash' | 'characters' | 'taken';

export type CheckedName = { readonly ok: true; readonly revision: string } | { readonly ok: false; readonly fault: NameFault };

/** The part of a revision's name that a person edits. */
export function shortName(revision: string): string {
  return revision.startsWith(localsPrefix) ? revision.slice(localsPrefix.length) : revision;
}

/**
 * Checks the name of a new revision. A typed `locals/` is taken as the prefix. A taken name is refused because the device
 * overwrites an existing revision silently; letters, digits, dot, dash and underscore are what every way to a device carries.
 */
export function checkName(typed: string, taken: readonly string[]): CheckedName {
  const name = shortName(typed.trim());
  if (name === '') return { ok: false, fault: 'empty' };
  if (name.includes('/')) return { ok: false, fault: 'slash' };
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) return { ok: false, fault: 'characters' };
  if (name.length >= nameLimit) return { ok: false, fault: 'too-long' };
  const revision = localsPrefix + name;
  if (taken.some((one) => one === revision)) return { ok: false, fault: 'taken' };
  return { ok: true, revision };
}

/** The number that the hub gives a new revision: nobody chooses it. */
export function hubNumber(suggested: string): CheckedName {
  return /^\d+$/.test(suggested) ? { ok: true, revision: suggested } : { ok: false, fault: 'empty' };
}
