import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface StartedProcess {
  /** What it printed that was waited for. */
  readonly said: string;
  /** Writes a line to it and waits for what it answers. */
  ask(wanted: RegExp, line?: string): Promise<string>;
  stop(): void;
  /** Tells it to end, and waits until it did. */
  end(): Promise<void>;
}

/** Runs a script of this folder with Node 24, and waits for the first thing that it prints. */
export async function started(args: readonly string[], wanted: RegExp): Promise<StartedProcess> {
  const child = script(args);
  const said = await heard(child, wanted, args[0]);
  return {
    said,
    ask: (answer, line = '') => {
      const answered = heard(child, answer, args[0]);
      child.stdin?.write(`${line}\n`);
      return answered;
    },
    stop: () => child.kill('SIGKILL'),
    end: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** Runs a script of this folder to its end: what it printed. */
export function printed(args: readonly string[]): Promise<string> {
  const child = script(args);
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (chunk) => {
      output += String(chunk);
    });
    child.once('exit', (code) => (code === 0 ? resolve(output) : reject(new Error(`${args[0]} ended with ${code}`))));
  });
}

function heard(child: ChildProcess, wanted: RegExp, name: string | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const gone = (code: number | null) => reject(new Error(`${name} ended with ${code}`));
    const listen = (chunk: unknown) => {
      output += String(chunk);
      const said = wanted.exec(output)?.[1];
      if (said === undefined) return;
      child.stdout?.off('data', listen);
      child.off('exit', gone);
      resolve(said);
    };
    child.stdout?.on('data', listen);
    child.once('exit', gone);
  });
}

function script(args: readonly string[]): ChildProcess {
  const [name = '', ...rest] = args;
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, name), ...rest], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}
