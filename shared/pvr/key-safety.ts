/** Folders that pvr and Pantavisor keep for themselves; a file system that ignores case must not let them in by another spelling. */
const kept = new Set(['.pvr', '.pv']);

/** No file system takes a longer path (Linux: PATH_MAX, in bytes). */
const longestKey = 4095;

/**
 * Why the file of a state's key can't be written into a checkout, as a sentence; undefined when it can. pvr itself checks nothing and
 * would write outside of the folder (pvr.md §3, checkout).
 */
export function unsafeKey(key: string): string | undefined {
  if (key.length > longestKey) return `The key ${JSON.stringify(`${key.slice(0, 40)}…`)} is longer than the path of any file.`;
  const shown = JSON.stringify(key);
  if (key === '') return 'A key is empty.';
  if (key.includes('\u0000')) return `The key ${shown} holds a NUL, which no file name can.`;
  if (!key.isWellFormed()) return `The key ${shown} is no valid Unicode text.`;
  if (key.startsWith('/')) return `The key ${shown} is an absolute path.`;
  const segments = key.split('/');
  if (segments.includes('')) return `The key ${shown} has an empty path segment.`;
  if (segments.includes('..') || segments.includes('.')) return `The key ${shown} leads out of its place by "." or "..".`;
  if (kept.has((segments[0] ?? '').toLowerCase())) return `The key ${shown} lies in a folder that pvr keeps for itself.`;
  return undefined;
}

/** As `unsafeKey` for a whole state: also no file may be where another key needs a folder. */
export function unsafeKeys(keys: Iterable<string>): string | undefined {
  const files = new Set<string>();
  for (const key of keys) {
    const problem = unsafeKey(key);
    if (problem !== undefined) return problem;
    files.add(key);
  }
  for (const key of files) {
    for (let at = key.indexOf('/'); at !== -1; at = key.indexOf('/', at + 1)) {
      if (files.has(key.slice(0, at))) return `${JSON.stringify(key.slice(0, at))} would have to be a file and a folder at once.`;
    }
  }
  return undefined;
}
