/** `head` and `tail`, the latter following a growing file. */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { type Program, type ProgramContext, textOf } from './program.ts';

type EndArguments = {
  readonly lines: number;
  readonly bytes?: number;
  readonly follow: boolean;
  readonly files: readonly string[];
};

function readArguments(args: readonly string[]): EndArguments {
  const files: string[] = [];
  let lines = 10;
  let bytes: number | undefined;
  let follow = false;
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    const value = (): number => Math.abs(Number(arg.length > 2 ? arg.slice(2) : args[++index]));
    if (arg.startsWith('-n')) lines = value();
    else if (arg.startsWith('-c')) bytes = value();
    else if (arg === '-f' || arg === '-F') follow = true;
    else if (/^-\d+$/.test(arg)) lines = Number(arg.slice(1));
    else files.push(arg);
  }
  return { lines, ...(bytes === undefined ? {} : { bytes }), follow, files };
}

async function source(context: ProgramContext, file: string | undefined): Promise<string | undefined> {
  if (file === undefined || file === '-') return textOf(context.stdin);
  const input = context.files.read(file);
  return input && textOf(input);
}

export const head: Program = async (context) => {
  const { lines, bytes, files } = readArguments(context.args);
  const text = await source(context, files[0]);
  if (text === undefined) return missing(context, 'head', files[0] ?? '');
  const part =
    bytes === undefined ? text.split('\n').slice(0, lines).join('\n') : Buffer.from(text).subarray(0, bytes).toString('utf8');
  await context.stdout(bytes === undefined && part !== '' && part.length < text.length ? `${part}\n` : part);
  return 0;
};

export const tail: Program = async (context) => {
  const { lines, bytes, follow, files } = readArguments(context.args);
  const [file] = files;
  const text = await source(context, file);
  if (text === undefined) return missing(context, 'tail', file ?? '');
  await context.stdout(bytes === undefined ? lastLines(text, lines) : Buffer.from(text).subarray(-bytes));
  if (follow && file !== undefined) await followFile(context, file, Buffer.byteLength(text));
  return 0;
};

function lastLines(text: string, lines: number): string {
  const all = text.split('\n');
  const ended = all.at(-1) === '';
  const kept = all.slice(0, ended ? -1 : undefined).slice(lines === 0 ? all.length : -lines);
  return kept.length === 0 ? '' : `${kept.join('\n')}${ended ? '\n' : ''}`;
}

const POLL_MS = 100;

/** Sends what is appended until nobody listens any more. The path is looked up each time, so `current` follows the running revision. */
async function followFile(context: ProgramContext, path: string, from: number): Promise<void> {
  let file = context.files.find(path);
  let at = from;
  while (!context.signal.aborted) {
    const now = context.files.find(path);
    if (now !== file) at = 0;
    file = now;
    const size = file === undefined ? 0 : statSync(file).size;
    if (file !== undefined && size > at) {
      await context.stdout(slice(file, at, size));
      at = size;
    }
    await new Promise((next) => setTimeout(next, POLL_MS));
  }
}

function slice(file: string, from: number, to: number): Uint8Array {
  const handle = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(to - from);
    readSync(handle, buffer, 0, buffer.length, from);
    return buffer;
  } finally {
    closeSync(handle);
  }
}

async function missing(context: ProgramContext, program: string, file: string): Promise<number> {
  await context.stderr(`${program}: can't open '${file}': No such file or directory\n${program}: no files\n`);
  return 1;
}
