/** This many bytes of a file tell its type. */
export const typeBytes = 2048;

interface Magic {
  readonly at: number;
  readonly bytes: readonly number[];
  readonly type: string;
}

const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0));

/** Signatures of what devices are made of; the first that fits names the type. */
const magics: readonly Magic[] = [
  { at: 0, bytes: ascii('hsqs'), type: 'squashfs image' },
  { at: 0, bytes: ascii('sqsh'), type: 'squashfs image, big endian' },
  { at: 1080, bytes: [0x53, 0xef], type: 'ext4 image' },
  { at: 1024, bytes: [0xe2, 0xe1, 0xf5, 0xe0], type: 'EROFS image' },
  { at: 0, bytes: [0x1f, 0x8b], type: 'gzip' },
  { at: 0, bytes: [0xfd, ...ascii('7zXZ'), 0], type: 'xz' },
  { at: 0, bytes: [0x28, 0xb5, 0x2f, 0xfd], type: 'zstd' },
  { at: 0, bytes: ascii('BZh'), type: 'bzip2' },
  { at: 0, bytes: [0x04, 0x22, 0x4d, 0x18], type: 'lz4' },
  { at: 0, bytes: [0x02, 0x21, 0x4c, 0x18], type: 'lz4, old format' },
  { at: 0, bytes: [0x89, ...ascii('LZO')], type: 'lzo' },
  { at: 0, bytes: [0x5d, 0, 0], type: 'lzma' },
  { at: 0, bytes: [0x27, 0x05, 0x19, 0x56], type: 'uImage of U-Boot' },
  { at: 56, bytes: [...ascii('ARM'), 0x64], type: 'Linux kernel, arm64' },
  { at: 36, bytes: [0x18, 0x28, 0x6f, 0x01], type: 'Linux kernel, arm (zImage)' },
  { at: 514, bytes: ascii('HdrS'), type: 'Linux kernel, x86 (bzImage)' },
  { at: 0, bytes: ascii('070701'), type: 'cpio archive (initramfs)' },
  { at: 257, bytes: ascii('ustar'), type: 'tar archive' },
  { at: 0, bytes: [0x50, 0x4b, 3, 4], type: 'zip archive' },
  { at: 0, bytes: ascii('!<arch>'), type: 'ar archive' },
  { at: 0, bytes: ascii('MZ'), type: 'EFI program' },
  { at: 0, bytes: [0x89, ...ascii('PNG')], type: 'PNG picture' },
  { at: 0, bytes: [0xff, 0xd8, 0xff], type: 'JPEG picture' },
  { at: 0, bytes: ascii('GIF8'), type: 'GIF picture' },
  { at: 0, bytes: ascii('SQLite format 3'), type: 'SQLite database' },
  { at: 0, bytes: ascii('%PDF'), type: 'PDF document' },
];

const deviceTree = [0xd0, 0x0d, 0xfe, 0xed];

/** `e_machine` of an ELF file, for the processors that run Linux on boards. */
const machines: ReadonlyMap<number, string> = new Map([
  [3, 'x86'],
  [8, 'MIPS'],
  [20, 'PowerPC'],
  [21, 'PowerPC 64'],
  [40, 'arm'],
  [62, 'x86-64'],
  [183, 'arm64'],
  [243, 'RISC-V'],
  [258, 'LoongArch'],
]);

/** What a file is by its first bytes, in words for people; undefined where nothing tells. Text is told by its beginning. */
export function fileType(head: Uint8Array): string | undefined {
  if (head.length === 0) return 'empty';
  if (has(head, 0, [0x7f, ...ascii('ELF')])) return elfType(head);
  if (has(head, 0, deviceTree)) return holds(head, 'images') ? 'FIT image of U-Boot' : 'device tree or FIT image';
  return magics.find(({ at, bytes }) => has(head, at, bytes))?.type ?? textType(head);
}

function has(head: Uint8Array, at: number, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => head[at + index] === byte);
}

function holds(head: Uint8Array, name: string): boolean {
  return latin(head).includes(`\0\0\0\x01${name}\0`);
}

/** Executable and linkable format, figure 1-3: class at 4, byte order at 5, type at 16, machine at 18. */
function elfType(head: Uint8Array): string {
  const number = (at: number) =>
    head[5] === 2 ? (head[at] ?? 0) * 256 + (head[at + 1] ?? 0) : (head[at] ?? 0) + (head[at + 1] ?? 0) * 256;
  const kinds: ReadonlyMap<number, string> = new Map([
    [1, 'ELF object or kernel module'],
    [2, 'ELF program'],
    [3, 'ELF program or library'],
  ]);
  const machine = machines.get(number(18));
  return [kinds.get(number(16)) ?? 'ELF file', machine].filter((part) => part !== undefined).join(', ');
}

const beginnings: readonly (readonly [RegExp, string])[] = [
  [/^#!.*\b(?:sh|bash|ash|dash)\b/, 'shell script'],
  [/^#!/, 'script'],
  [/^-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/, 'private key (PEM)'],
  [/^-----BEGIN [A-Z0-9 ]+-----/, 'certificate or key (PEM)'],
  [/^\s*[{[]\s*(?:["{[\]}\d-]|true|false|null)/, 'JSON'],
  [/^\s*<(?:\?xml|!doctype|html|svg)/i, 'XML or HTML'],
];

function textType(head: Uint8Array): string | undefined {
  if (head.includes(0)) return undefined;
  try {
    // A character at the end may be cut in two.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
  } catch {
    return undefined;
  }
  const text = latin(head);
  return beginnings.find(([beginning]) => beginning.test(text))?.[1] ?? 'text';
}

function latin(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, typeBytes), (byte) => String.fromCharCode(byte)).join('');
}
