/** The small programs that a login finds on the device. */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path/posix';
import { curl } from './curl.ts';
import { dd } from './dd.ts';
import { head, tail } from './ends.ts';
import { longListing, lsFlags } from './long-listing.ts';
import type { Program, ProgramContext } from './program.ts';
import { pvcontrol } from './pvcontrol.ts';
import { runLines } from './script-lines.ts';

const echo: Program = async ({ args, stdout }) => {
  const bare = args[0] === '-n';
  await stdout(`${args.slice(bare ? 1 : 0).join(' ')}${bare ? '' : '\n'}`);
  return 0;
};

async function said(stdout: ProgramContext['stdout'], line: string): Promise<number> {
  await stdout(`${line}\n`);
  return 0;
}

const sleep: Program = async ({ args, sleep: wait, signal }) => {
  const interrupted = new Promise<void>((wake) => signal.addEventListener('abort', () => wake(), { once: true }));
  await Promise.race([wait(Number(args[0] ?? 0)), interrupted]);
  return 0;
};

/** `date` and `date +%s`. */
const date: Program = ({ args, stdout }) =>
  said(stdout, args[0] === '+%s' ? String(Math.floor(Date.now() / 1000)) : new Date().toUTCString().replace('GMT', 'UTC'));

const clear: Program = async ({ stdout }) => {
  await stdout('\x1b[H\x1b[2J\x1b[3J');
  return 0;
};

const stty: Program = async ({ args, stdout, stderr, terminal }) => {
  if (terminal && args[0] === 'size') return said(stdout, `${terminal.size().rows} ${terminal.size().columns}`);
  if (terminal) return said(stdout, `speed 38400 baud; rows ${terminal.size().rows}; columns ${terminal.size().columns};`);
  await stderr('stty: standard input: Inappropriate ioctl for device\n');
  return 1;
};

const cd: Program = async ({ args, files, terminal, stderr }) => {
  const [path = '/'] = args;
  if (files.list(path) === undefined) {
    await stderr(`sh: cd: can't cd to ${path}: No such file or directory\n`);
    return 2;
  }
  if (terminal) terminal.place.folder = resolve(terminal.place.folder, path);
  return 0;
};

const pwd: Program = ({ stdout, terminal }) => said(stdout, terminal?.place.folder ?? '/');

const help: Program = ({ stdout }) =>
  said(
    stdout,
    Object.keys(PROGRAMS)
      .filter((name) => /^\w/.test(name))
      .sort()
      .join('  '),
  );

const uname: Program = async ({ args, stdout, landing }) => {
  const all = args.includes('-a') ? `Linux ${landing.name} 6.18.44 #1 SMP PREEMPT_DYNAMIC @0 GNU/Linux` : 'Linux';
  await stdout(`${all}\n`);
  return 0;
};

/** Each argument's file, or stdin for `-` and for none at all. */
async function* inputs(
  context: ProgramContext,
  names: readonly string[],
): AsyncGenerator<readonly [string, AsyncIterable<Uint8Array> | undefined]> {
  for (const name of names.length === 0 ? ['-'] : names) yield [name, name === '-' ? context.stdin : context.files.read(name)];
}

const cat: Program = async (context) => {
  let code = 0;
  for await (const [name, input] of inputs(context, context.args)) {
    if (!input) {
      await context.stderr(`cat: can't open '${name}': No such file or directory\n`);
      code = 1;
      continue;
    }
    for await (const chunk of input) {
      if (context.signal.aborted) return 141;
      await context.stdout(chunk);
    }
  }
  return code;
};

const sha256sum: Program = async (context) => {
  for await (const [name, input] of inputs(context, context.args)) {
    if (!input) {
      await context.stderr(`sha256sum: can't open '${name}': No such file or directory\n`);
      return 1;
    }
    const hash = createHash('sha256');
    for await (const chunk of input) hash.update(chunk);
    await context.stdout(`${hash.digest('hex')}  ${name}\n`);
  }
  return 0;
};

const ls: Program = async (context) => {
  const { args, files, stdout, stderr } = context;
  if (/[ld]/.test(lsFlags(args))) return longListing(context);
  const path = args.filter((each) => !each.startsWith('-'))[0] ?? '.';
  const names = files.list(path);
  if (!names) {
    if (files.find(path) === undefined) {
      await stderr(`ls: ${path}: No such file or directory\n`);
      return 1;
    }
    await stdout(`${path}\n`);
    return 0;
  }
  if (names.length > 0) await stdout(`${[...names].sort().join('\n')}\n`);
  return 0;
};

/** `test -e|-f|-d PATH`, `test -S SOCKET`. */
const test: Program = async ({ args, files, landing }) => {
  const [flag, path = ''] = args.filter((each) => each !== ']');
  if (flag === '-S') return path === landing.socket ? 0 : 1;
  if (flag === '-d') return files.list(path) ? 0 : 1;
  return files.find(path) === undefined ? 1 : 0;
};

const which: Program = async ({ args, stdout }) => {
  const wanted = args.filter((each) => !each.startsWith('-'));
  const found = wanted.filter((each) => each in PROGRAMS);
  if (found.length > 0) await stdout(`${found.map((each) => `/usr/bin/${each}`).join('\n')}\n`);
  return found.length === wanted.length ? 0 : 1;
};

const sh: Program = async (context) => {
  const { args } = context;
  if (args[0] === '-c') return context.script(args[1] ?? '', context);
  return runLines(context);
};

export const PROGRAMS: Readonly<Record<string, Program>> = {
  ':': async () => 0,
  true: async () => 0,
  false: async () => 1,
  echo,
  uname,
  hostname: ({ stdout, landing }) => said(stdout, landing.name),
  id: ({ stdout }) => said(stdout, 'uid=0(root) gid=0(root) groups=0(root)'),
  pwd,
  cd,
  sleep,
  date,
  clear,
  stty,
  help,
  exit: async ({ args }) => Number(args[0] ?? 0),
  cat,
  dd,
  head,
  tail,
  ls,
  test,
  '[': test,
  sha256sum,
  which,
  command: which,
  sh,
  bash: sh,
  curl,
  pvcurl: curl,
  pvcontrol,
};
