import { compareCodePoints } from './canonical.ts';

/** Longer paths do not fit a device's file system with its prefix in front. */
const maxKeyLength = 1024;

/** Why `key` can't be the key of a new entry, as a sentence; undefined when it can. Covers what pvr and the device break on. */
export function keyProblem(key: string, kind: 'object' | 'json'): string | undefined {
  const shown = JSON.stringify(key);
  if (key === '') return 'A key must not be empty.';
  if (key.length > maxKeyLength) return `A key has at most ${maxKeyLength} characters.`;
  if (key.startsWith('#')) return `${shown} starts with "#", which is reserved for "#spec".`;
  if (!key.isWellFormed()) return `${shown} is no valid Unicode text.`;
  if (/[\u0000-\u001f\u007f]/.test(key)) return `${shown} contains a control character.`;
  if (key.startsWith('/')) return `${shown} is an absolute path: a key is relative to the state.`;
  const segments = key.split('/');
  if (segments.includes('')) return `${shown} has an empty path segment.`;
  if (segments.includes('..') || segments.includes('.')) return `${shown} contains "." or "..": a key must not leave its place.`;
  if (segments[0] === '.pvr' || segments[0] === '.pv') return `${shown} lies in the folder that pvr keeps for itself.`;
  if (kind === 'json' && !key.endsWith('.json')) return `${shown} can't hold inline JSON: such a key ends in .json.`;
  if (kind === 'json' && compareCodePoints(key, '#spec') < 0) {
    return `${shown} would stand before "#spec", and the device takes the first "#spec" in the text, even one inside this entry.`;
  }
  return undefined;
}
