/** The bytes of a base64 text, as streams bring them. */
export function bytesOfBase64(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** Arguments of one call of a function that takes any number. */
const mostArguments = 8192;

/** Bytes as base64 text. */
export function base64OfBytes(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += mostArguments) text += String.fromCharCode(...bytes.subarray(at, at + mostArguments));
  return btoa(text);
}
