import { type ChildProcess, spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';

export interface ProgramRun {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Ends it, with everything that it started. */
  readonly signal: AbortSignal;
  /** It is ended after so many milliseconds without a byte of output. */
  readonly silenceMs: number;
  /** A line that is to stay. */
  readonly onLine: (from: 'stdout' | 'stderr', text: string) => void;
  /** A line that the program overwrites by a carriage return, as progress bars do. */
  readonly onOverwritten?: (text: string) => void;
}

/** `signal` is set where it was ended by one, `silent` where it was ended here because nothing came any more. */
export interface ProgramEnd {
  readonly code: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  readonly silent: boolean;
}

/** More lines than this are not passed on; longer lines are cut. */
const mostLines = 10_000;
const longestLine = 4000;
/** What has not ended by itself so long after SIGTERM is killed. */
const graceMs = 3000;

/**
 * Runs a program in a process group of its own, without a terminal and without input, so that it can neither ask anything nor leave
 * something behind. Rejects with the signal's reason when it was cancelled, and with the system's error when it can't be started.
 */
export async function runProgram(file: string, args: readonly string[], run: ProgramRun): Promise<ProgramEnd> {
  run.signal.throwIfAborted();
  const child = spawn(file, [...args], {
    cwd: run.cwd,
    env: run.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  let silent = false;
  const ending = endGroup(child);
  const onAbort = () => ending.end();
  const silence = setTimeout(() => {
    silent = true;
    ending.end();
  }, run.silenceMs);
  run.signal.addEventListener('abort', onAbort, { once: true });
  const heard = () => silence.refresh();
  const budget = { lines: mostLines };
  readLines(child, 'stdout', run, heard, budget);
  readLines(child, 'stderr', run, heard, budget);
  try {
    const [code, signal] = await ended(child);
    run.signal.throwIfAborted();
    return { code: code ?? undefined, signal: signal ?? undefined, silent };
  } finally {
    clearTimeout(silence);
    run.signal.removeEventListener('abort', onAbort);
    ending.finish();
  }
}

function ended(child: ChildProcess): Promise<readonly [number | null, NodeJS.Signals | null]> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve([code, signal]));
  });
}

function readLines(
  child: ChildProcess,
  from: 'stdout' | 'stderr',
  { onLine, onOverwritten }: ProgramRun,
  heard: () => void,
  budget: { lines: number },
): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const line = (text: string): void => {
    const shown = withoutControls(text);
    if (shown === '' || budget.lines < 0) return;
    onLine(from, budget.lines === 0 ? '… what follows is left out.' : shown);
    budget.lines -= 1;
  };
  const stream = child[from];
  stream?.on('data', (chunk: Buffer) => {
    heard();
    const pieces = (rest + decoder.write(chunk)).split('\n');
    rest = (pieces.pop() ?? '').slice(-longestLine * 4);
    for (const piece of pieces) line(piece.replace(/\r$/, '').split('\r').at(-1) ?? '');
    const overwritten = rest.lastIndexOf('\r');
    if (overwritten < 0) return;
    onOverwritten?.(withoutControls(rest.slice(0, overwritten).split('\r').at(-1) ?? ''));
    rest = rest.slice(overwritten + 1);
  });
  stream?.on('end', () => line(rest + decoder.end()));
}

/** Without colours, cursor movements and other control characters, and cut to a bearable length. */
function withoutControls(text: string): string {
  const plain = text.slice(0, longestLine * 2).replace(/\u001b(\[[0-?]*[ -/]*[@-~]|\][^\u0007]*\u0007|.)/g, '');
  const shown = plain.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '').trimEnd();
  return shown.length > longestLine ? `${shown.slice(0, longestLine)}…` : shown;
}

/** Ends a process with all that belongs to its group: kindly first, then by force. */
function endGroup(child: ChildProcess): { end(): void; finish(): void } {
  let timer: NodeJS.Timeout | undefined;
  const kill = (signal: NodeJS.Signals): void => {
    if (child.pid === undefined) return;
    try {
      if (process.platform === 'win32') child.kill(signal);
      else process.kill(-child.pid, signal);
    } catch {
      // The group is gone already.
    }
  };
  return {
    end() {
      // What has left the group could hold the pipes open for ever.
      const letGo = () => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      };
      if (child.exitCode !== null || child.signalCode !== null) letGo();
      else child.once('exit', letGo);
      kill('SIGTERM');
      timer ??= setTimeout(() => kill('SIGKILL'), graceMs);
    },
    finish() {
      if (timer === undefined) return;
      clearTimeout(timer);
      // What ignored SIGTERM and holds no pipe of ours any more.
      kill('SIGKILL');
    },
  };
}
