import { fileType } from './fileType.ts';

/** What a file holds, as far as it can be shown, and what its first bytes say it is. */
export type ObjectContent =
  | { readonly kind: 'text'; readonly text: string; readonly truncated: boolean; readonly type: string | undefined }
  | { readonly kind: 'binary'; readonly type: string | undefined };

/** This much of an object is read without asking; more of it on request. Bytes. */
export const previewBytes = 256 * 1024;
export const largestPreviewBytes = 5_000_000;

/** Endings of files that are no text: they are not read from the device at all, only named by size and sha. */
const binaryEnding = /\.(squashfs|img|bin|dtb|dtbo|ko|gz|xz|zst|bz2|tar|tgz|zip|png|jpg|jpeg|gif|so|a|o|elf|efi|itb|fit)$/i;

export function isBinaryName(key: string): boolean {
  return binaryEnding.test(key) || key === 'bsp/pantavisor';
}

/** Bytes are text when they are UTF-8 without a NUL; where they were cut off, the last character may be incomplete. */
export function contentOf(bytes: Uint8Array, truncated: boolean): ObjectContent {
  const type = fileType(bytes);
  if (bytes.includes(0)) return { kind: 'binary', type };
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return { kind: 'text', text: decoder.decode(bytes, { stream: truncated }), truncated, type };
  } catch {
    // What began as text and is none after all is of no type that is known.
    return { kind: 'binary', type: type === 'text' ? undefined : type };
  }
}
