import { setImmediate } from 'node:timers/promises';

/** Bytes that are read before others get their turn: some milliseconds' work. */
const slice = 256 * 1024;

const [space, quote, comma, openList, backslash, closeList, open, close] = [0x20, 0x22, 0x2c, 0x5b, 0x5c, 0x5d, 0x7b, 0x7d];

/**
 * The entries of a JSON list of any size, in bunches: a list of tens of megabytes read in one go would hold up everything else for a
 * second. `null` is an empty list. Throws SyntaxError for anything else, and for a part of a list.
 */
export async function* jsonRows(bytes: Uint8Array): AsyncGenerator<readonly unknown[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const entries = (from: number, to: number): readonly unknown[] => JSON.parse(`[${decoder.decode(bytes.subarray(from, to))}]`);
  let at = skipSpace(bytes, 0);
  if (bytes[at] !== openList) {
    if (JSON.parse(decoder.decode(bytes)) === null) return;
    throw new SyntaxError('no list');
  }
  at += 1;
  let start = at;
  let depth = 0;
  for (let inText = false; ; at += 1) {
    const byte = bytes[at];
    if (byte === undefined) throw new SyntaxError('only a part of a list');
    if (inText) {
      if (byte === backslash) at += 1;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (byte === open || byte === openList) depth += 1;
    else if (depth > 0) {
      if (byte === close || byte === closeList) depth -= 1;
    } else if (byte === comma && at - start >= slice) {
      yield entries(start, at);
      start = at + 1;
      await setImmediate();
    } else if (byte === closeList) break;
  }
  yield entries(start, at);
  if (skipSpace(bytes, at + 1) < bytes.length) throw new SyntaxError('more than a list');
}

function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while ((bytes[at] ?? quote) <= space) at += 1;
  return at;
}
