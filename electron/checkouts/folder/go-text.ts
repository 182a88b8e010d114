import { isUtf8 } from 'node:buffer';

/** Bytes as Go reads them for text: one U+FFFD for each byte that belongs to no character (a decoder gives one for a broken sequence). */
export function goText(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = characterLength(bytes, at);
    text += length === 0 ? '\ufffd' : bytes.toString('utf8', at, at + length);
    at += Math.max(1, length);
  }
  return text;
}

/** Bytes of the character that begins here; 0 for none. */
function characterLength(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const slice = bytes.subarray(at, at + length);
  return slice.length === length && isUtf8(slice) ? length : 0;
}
