import { CanonicalNumberError, canonicalNumber } from './canonical-number.ts';
import { scanJson } from './json.ts';
import type { StateDocument } from './state.ts';

/**
 * The entries with a number that a double can't hold exactly, such as an integer above 2^53: the hub keeps all numbers as doubles
 * (Go's encoding/json into float64, BSON double), so a device would get another number than was posted.
 */
export function inexactEntries(state: StateDocument): readonly string[] {
  return state.entries.filter((entry) => entry.kind === 'json' && hasInexact(entry.raw)).map(({ key }) => key);
}

function hasInexact(raw: string): boolean {
  let found = false;
  scanJson(raw, 0, {
    open() {},
    close() {},
    key() {},
    scalar(kind, start, end) {
      found ||= kind === 'number' && !isExact(raw.slice(start, end));
    },
  });
  return found;
}

function isExact(literal: string): boolean {
  const value = Number(literal);
  if (!Number.isFinite(value)) return false;
  try {
    return canonicalNumber(literal) === canonicalNumber(String(value));
  } catch (error) {
    if (error instanceof CanonicalNumberError) return false;
    throw error;
  }
}
