import { open } from 'node:fs/promises';

/** At most `maxBytes` of a file from its beginning. Sizes in bytes. */
export async function firstBytes(path: string, maxBytes: number) {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const buffer = new Uint8Array(Math.min(size, maxBytes));
    let at = 0;
    while (at < buffer.length) {
      const { bytesRead } = await file.read(buffer, at, buffer.length - at, at);
      if (bytesRead === 0) break;
      at += bytesRead;
    }
    return { size, bytes: new Blob([buffer.subarray(0, at)]), truncated: size > maxBytes };
  } finally {
    await file.close();
  }
}
