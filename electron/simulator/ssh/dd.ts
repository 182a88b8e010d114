/** `dd if=FILE bs=N skip=N count=N`: whole blocks of a file to stdout. */
import { closeSync, openSync, readSync } from 'node:fs';
import type { Program } from './program.ts';

export const dd: Program = async ({ args, files, stdout, stderr }) => {
  const options = new Map(args.map((arg) => [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)]));
  const path = options.get('if') ?? '';
  const file = files.find(path);
  if (file === undefined) {
    await stderr(`dd: can't open '${path}': No such file or directory\n`);
    return 1;
  }
  const block = Number(options.get('bs') ?? 512);
  const count = Number(options.get('count') ?? 1);
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(block * count);
    const read = readSync(handle, bytes, 0, bytes.length, block * Number(options.get('skip') ?? 0));
    await stdout(bytes.subarray(0, read));
    await stderr(`${Math.floor(read / block)}+${read % block === 0 ? 0 : 1} records in\n`);
    return 0;
  } finally {
    closeSync(handle);
  }
};
