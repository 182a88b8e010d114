/** Runs what `shell-words.ts` reads: lists, pipelines, redirections and variables. */
import { PassThrough } from 'node:stream';
import type { Program, ProgramContext, Streams } from './program.ts';
import { emptyInput } from './program.ts';
import { PROGRAMS } from './programs.ts';
import { type Command, type Pipeline, parseScript, ShellSyntaxError, type Word } from './shell-words.ts';

/** What all programs of a shell have in common. */
export type ShellEnvironment = Omit<ProgramContext, 'args' | 'stdin' | 'stdout' | 'stderr' | 'script' | 'variables'>;
type Environment = ShellEnvironment;

/** A shell keeps its variables for as long as it runs. */
type Shell = { readonly environment: Environment; readonly variables: Map<string, string>; exited?: number };

/** @returns the exit code of the last command; 2 for a syntax error, 127 for an unknown program. */
export async function runScript(text: string, streams: Streams, environment: Environment): Promise<number> {
  return runIn({ environment, variables: new Map() }, text, streams);
}

/** The exit code of what Ctrl-C ended. */
const INTERRUPTED = 130;

/** A shell that stays: its variables hold from one script to the next. */
export function openShell(environment: Omit<Environment, 'signal'>): {
  readonly landing: Environment['landing'];
  run(text: string, streams: Streams, signal: AbortSignal): Promise<number>;
  /** The exit code that was asked for with `exit`; undefined before. */
  exited(): number | undefined;
} {
  const variables = new Map<string, string>();
  let exited: number | undefined;
  return {
    landing: environment.landing,
    exited: () => exited,
    async run(text, streams, signal) {
      // What was interrupted may go on for a while, and changes nothing any more.
      const shell: Shell = { environment: { ...environment, signal }, variables: new Map(variables) };
      const interrupted = new Promise<number>((resolve) => {
        signal.addEventListener('abort', () => resolve(INTERRUPTED), { once: true });
      });
      const code = await Promise.race([runIn(shell, text, streams), interrupted]);
      if (!signal.aborted) for (const [name, value] of shell.variables) variables.set(name, value);
      exited = shell.exited;
      variables.set('?', String(code));
      return code;
    },
  };
}

async function runIn(shell: Shell, text: string, streams: Streams): Promise<number> {
  let code = 0;
  try {
    for (const { when, pipeline } of parseScript(text)) {
      if ((when === 'and' && code !== 0) || (when === 'or' && code === 0)) continue;
      code = await runPipeline(shell, pipeline, streams);
      shell.variables.set('?', String(code));
      if (shell.exited !== undefined) return shell.exited;
    }
    return code;
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error;
    await streams.stderr(`sh: ${error.message}\n`);
    return 2;
  }
}

async function runPipeline(shell: Shell, pipeline: Pipeline, streams: Streams): Promise<number> {
  let { stdin } = streams;
  const running: Promise<number>[] = [];
  for (const [index, command] of pipeline.entries()) {
    const isLast = index === pipeline.length - 1;
    const pipe = isLast ? undefined : new PassThrough();
    const stdout = pipe ? (bytes: string | Uint8Array) => intoPipe(pipe, bytes) : streams.stdout;
    running.push(
      runCommand(shell, command, { stdin, stdout, stderr: streams.stderr }, pipeline.length === 1).finally(() => pipe?.end()),
    );
    if (pipe) stdin = pipe;
  }
  const codes = await Promise.all(running);
  return codes.at(-1) ?? 0;
}

/** Waits while the reader is behind; a reader that has gone away takes nothing more. */
function intoPipe(pipe: PassThrough, bytes: string | Uint8Array): Promise<void> {
  if (pipe.destroyed || pipe.write(bytes)) return Promise.resolve();
  return new Promise((resolve) => {
    pipe.once('drain', resolve);
    pipe.once('close', resolve);
  });
}

async function runCommand(shell: Shell, command: Command, outer: Streams, alone: boolean): Promise<number> {
  const variables = new Map(shell.variables);
  for (const [name, word] of command.assignments) variables.set(name, (await expand(shell, word)).join(' '));
  const words = (await Promise.all(command.words.map((word) => expand(shell, word)))).flat();
  const streams = await redirected(shell, command, outer);
  if (typeof streams === 'number') return streams;
  const [name, ...args] = words;
  if (name === undefined) {
    for (const [key, value] of variables) shell.variables.set(key, value);
    return 0;
  }
  const program = programNamed(name);
  if (!program) {
    await streams.stderr(`sh: ${name}: not found\n`);
    return 127;
  }
  const script = (text: string, inner: Streams): Promise<number> =>
    runIn({ environment: shell.environment, variables }, text, inner);
  const code = await program({ ...shell.environment, ...streams, args, variables, script });
  if (name === 'exit' && alone) shell.exited = code;
  return code;
}

function programNamed(name: string): Program | undefined {
  const short = name.replace(/^\/(usr\/)?s?bin\//, '');
  return Object.hasOwn(PROGRAMS, short) ? PROGRAMS[short] : undefined;
}

async function expand(shell: Shell, word: Word): Promise<readonly string[]> {
  let text = '';
  const fields: string[] = [];
  for (const part of word.parts) {
    if (part.kind === 'text') {
      text += part.text;
      continue;
    }
    const value = part.kind === 'variable' ? (shell.variables.get(part.name) ?? '') : await outputOf(shell, part.script);
    if (part.quoted) {
      text += value;
      continue;
    }
    const [first = '', ...more] = value.split(/[ \t\n]+/);
    text += first;
    for (const next of more) {
      fields.push(text);
      text = next;
    }
  }
  if (text !== '' || word.quoted || fields.length === 0) fields.push(text);
  const unquotedEmpty =
    !word.quoted && fields.length === 1 && fields[0] === '' && word.parts.some((part) => part.kind !== 'text');
  return unquotedEmpty ? [] : fields;
}

async function outputOf(shell: Shell, script: string): Promise<string> {
  const chunks: Buffer[] = [];
  const stdout = async (bytes: string | Uint8Array): Promise<void> => {
    chunks.push(Buffer.from(bytes));
  };
  await runIn({ environment: shell.environment, variables: shell.variables }, script, {
    stdin: emptyInput(),
    stdout,
    stderr: async () => {},
  });
  return Buffer.concat(chunks).toString('utf8').replace(/\n+$/, '');
}

/** Only `/dev/null` can be written; the device's files can be read. */
async function redirected(shell: Shell, command: Command, outer: Streams): Promise<Streams | number> {
  let streams: Streams = outer;
  for (const { from, to } of command.redirects) {
    if (to.kind === 'stream') {
      streams = { ...streams, [from]: streams[to.stream] };
      continue;
    }
    const path = (await expand(shell, to.path)).join(' ');
    if (from === 'stdin') {
      const input = path === '/dev/null' ? emptyInput() : shell.environment.files.read(path);
      if (!input) {
        await outer.stderr(`sh: can't open ${path}: no such file\n`);
        return 1;
      }
      streams = { ...streams, stdin: input };
    } else if (path === '/dev/null') {
      streams = { ...streams, [from]: async () => {} };
    } else {
      await outer.stderr(`sh: can't create ${path}: Read-only file system\n`);
      return 1;
    }
  }
  return streams;
}
