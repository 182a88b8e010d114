/** A tarball ends with two blocks of zeros. */
export const tarEnd: Uint8Array = new Uint8Array(1024);

/** What an octal field of 11 digits holds, in bytes: larger sizes are written as GNU tar does. */
const largestOctal = 8 ** 11 - 1;

/** The header block of a file in a USTAR tarball, owned by root as `pvr export` writes it. The name has at most 100 characters of ASCII. */
export function tarHeader(name: string, size: number, mode: number, modified: Date): Uint8Array {
  const block = Buffer.alloc(512);
  block.write(name, 0, 100, 'latin1');
  block.write(octal(mode, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  if (size <= largestOctal) block.write(octal(size, 11), 124);
  else {
    block.writeUInt8(0x80, 124);
    block.writeBigUInt64BE(BigInt(size), 128);
  }
  block.write(octal(Math.max(0, Math.floor(modified.getTime() / 1000)), 11), 136);
  block.write('0', 156);
  block.write('ustar\u000000', 257);
  block.write(octal(0, 7), 329);
  block.write(octal(0, 7), 337);
  block.fill(' ', 148, 156);
  block.write(
    `${octal(
      block.reduce((sum, byte) => sum + byte, 0),
      6,
    )}\u0000 `,
    148,
  );
  return block;
}

/** What fills a file's last block up. */
export function tarPadding(size: number): Uint8Array {
  return new Uint8Array((512 - (size % 512)) % 512);
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}
