const urlAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const values = new Map([...urlAlphabet].map((character, value) => [character, value]));

/**
 * What a base64url text (no padding, RFC 7515) says: as UTF-8 text, or with `bytes` as one character for each byte. Undefined where it is
 * none, where bits are left over that no encoder writes, or where the bytes are no UTF-8.
 */
export function base64UrlText(encoded: string, as: 'text' | 'bytes' = 'text'): string | undefined {
  if (encoded.length % 4 === 1) return undefined;
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const character of encoded) {
    const value = values.get(character);
    if (value === undefined) return undefined;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 0xff);
    }
  }
  if ((held & ((1 << bits) - 1)) !== 0) return undefined;
  return as === 'bytes' ? asBinary(bytes) : asUtf8(bytes);
}

function asBinary(bytes: readonly number[]): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function asUtf8(bytes: readonly number[]): string | undefined {
  if (bytes.every((byte) => byte < 0x80)) return asBinary(bytes);
  try {
    return decodeURIComponent(bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
