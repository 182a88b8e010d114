/** The bytes of a base64 text, as streams bring them. */
export function bytesOfBase64(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** Arguments of one call of a function that takes any number. */
const mostArguments = 8192;

/** Bytes as base64 text. */
export function base64OfBytes(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += mostArguments) text += String.fromCharCode(...bytes.subarray(at, at + mostArguments));
  return btoa(text);
}
