/** The most of a foreign reply that is kept for a person to look at, in UTF-16 code units. */
export const maxRawLength = 4096;

/** A reply as text to show: at most 4 KB, control characters made visible, never more than a reader needs. */
export function clipRaw(reply: Uint8Array | string): string | undefined {
  const text = typeof reply === 'string' ? reply : new TextDecoder().decode(reply.subarray(0, maxRawLength * 2));
  const shown = text
    .slice(0, maxRawLength)
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (character) => (character === '\r' ? '' : '\ufffd'))
    .trim();
  if (shown === '') return undefined;
  return text.length > maxRawLength ? `${shown} …` : shown;
}

/** The parts of an error report that are absent when there is nothing to show. */
export function rawOf(reply: Uint8Array | string | undefined): { readonly raw?: string } {
  const raw = reply === undefined ? undefined : clipRaw(reply);
  return raw === undefined ? {} : { raw };
}
