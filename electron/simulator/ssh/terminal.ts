/** A shell with a prompt on a terminal: what a person meets who logs in to the device. */
import { resolve } from 'node:path/posix';
import type { SshTerminal } from '../../net/ssh-server.ts';
import type { DeviceFiles } from './files.ts';
import { emptyLine, keysOf, pressed } from './line-editor.ts';
import { openShell, type ShellEnvironment } from './shell.ts';

const GREETING = `\nBusyBox v1.36.1 () built-in shell (ash)\nEnter 'help' for a list of commands.\n\n`;

/** Runs until `exit`, Ctrl-D or the end of the connection. @returns the exit code. */
export async function runTerminal(terminal: SshTerminal, environment: ShellEnvironment): Promise<number> {
  return new TerminalSession(terminal, environment).run();
}

class TerminalSession {
  readonly #terminal: SshTerminal;
  readonly #shell: ReturnType<typeof openShell>;
  readonly #place = { folder: '/' };
  readonly #keys = new KeyQueue();
  #code = 0;

  constructor(terminal: SshTerminal, environment: ShellEnvironment) {
    this.#terminal = terminal;
    const size = () => terminal.size();
    const files = filesFrom(environment.files, this.#place);
    this.#shell = openShell({ ...environment, files, terminal: { size, place: this.#place } });
  }

  async run(): Promise<number> {
    void this.#read();
    await this.#print(GREETING);
    let line = emptyLine();
    await this.#prompt();
    for (;;) {
      const key = await this.#keys.next();
      if (key === undefined) break;
      const { line: next, echo, wish } = pressed(line, key);
      line = next;
      await this.#terminal.write(echo);
      if (wish?.kind === 'end') {
        await this.#print('\n');
        break;
      }
      if (wish?.kind === 'run' && wish.text.trim() !== '') {
        this.#code = await this.#execute(wish.text);
        if (this.#shell.exited() !== undefined) break;
      }
      if (wish) await this.#prompt();
      if (wish?.kind === 'clear') await this.#terminal.write(line.text);
    }
    this.#keys.end();
    return this.#shell.exited() ?? this.#code;
  }

  /**
   * Runs a line. Meanwhile keys go to its stdin, a line at a time, and Ctrl-C ends it whatever it does. What it did not read is typed at
   * the next prompt.
   */
  async #execute(text: string): Promise<number> {
    const interrupt = new AbortController();
    const over = new AbortController();
    const stdin = new KeyQueue();
    const feeding = this.#feed(stdin, interrupt, over.signal);
    const write = (bytes: string | Uint8Array): Promise<void> =>
      interrupt.signal.aborted ? Promise.resolve() : this.#print(typeof bytes === 'string' ? bytes : Buffer.from(bytes));
    const signal = AbortSignal.any([interrupt.signal, this.#terminal.signal]);
    try {
      return await this.#shell.run(text, { stdin: stdin.bytes(), stdout: write, stderr: write }, signal);
    } finally {
      over.abort();
      this.#keys.wakeUp();
      const begun = await feeding;
      this.#keys.putBack([...stdin.rest().join(''), ...begun]);
      stdin.end();
    }
  }

  /** @returns the keys that no program read. */
  async #feed(stdin: KeyQueue, interrupt: AbortController, over: AbortSignal): Promise<readonly string[]> {
    const held: string[] = [];
    let line = emptyLine();
    // What is typed ahead shows at the next prompt; a program that reads shows it while it is typed.
    const take = async (): Promise<void> => {
      for (let key = held.shift(); key !== undefined; key = held.shift()) {
        const { line: next, echo, wish } = pressed(line, key);
        line = wish ? emptyLine() : next;
        await this.#terminal.write(echo);
        if (wish?.kind === 'run') stdin.push([`${wish.text}\n`]);
        if (wish?.kind === 'end') stdin.end();
      }
    };
    stdin.onAwaited = () => void take();
    for (;;) {
      const key = await this.#keys.next(over);
      if (key === undefined || key === '\x03') {
        if (!over.aborted) interrupt.abort();
        if (key !== undefined) await this.#terminal.write('^C\r\n');
        return key === undefined ? [...line.text, ...held] : [];
      }
      held.push(key);
      if (stdin.isAwaited) await take();
    }
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    try {
      for await (const chunk of this.#terminal.input) {
        const cut = keysOf(rest + decoder.decode(chunk, { stream: true }));
        rest = cut.rest;
        this.#keys.push(cut.keys);
      }
    } catch {
      // The connection is gone: nothing more is typed.
    }
    this.#keys.end();
  }

  #prompt(): Promise<void> {
    const { name } = this.#shell.landing;
    const { folder } = this.#place;
    return this.#terminal.write(`\x1b]0;${name}: ${folder}\x07\x1b[32m${name}\x1b[0m:\x1b[34m${folder}\x1b[0m# `);
  }

  /** A terminal goes to the start of the next line only when it is told both. */
  #print(said: string | Buffer): Promise<void> {
    const bytes = typeof said === 'string' ? Buffer.from(said) : said;
    // Byte by byte, because a character may be cut in two.
    return this.#terminal.write(Buffer.from(bytes.toString('latin1').replaceAll(/\r?\n/g, '\r\n'), 'latin1'));
  }
}

/** Keys, or lines, that somebody waits for. */
class KeyQueue {
  readonly #waiting: string[] = [];
  /** Called when somebody begins to wait. */
  onAwaited: () => void = () => {};
  isAwaited = false;
  #ended = false;
  #wake: () => void = () => {};

  push(keys: readonly string[]): void {
    this.#waiting.push(...keys);
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  wakeUp(): void {
    this.#wake();
  }

  /** Takes out all that nobody waited for. */
  rest(): readonly string[] {
    return this.#waiting.splice(0);
  }

  putBack(keys: readonly string[]): void {
    this.#waiting.unshift(...keys);
  }

  /** Undefined at the end, and when the waiting is over. */
  async next(over?: AbortSignal): Promise<string | undefined> {
    for (;;) {
      if (over?.aborted) return undefined;
      const key = this.#waiting.shift();
      if (key !== undefined || this.#ended) return key;
      this.isAwaited = true;
      await new Promise<void>((wake) => {
        this.#wake = wake;
        this.onAwaited();
      });
      this.isAwaited = false;
    }
  }

  async *bytes(): AsyncGenerator<Uint8Array> {
    for (let text = await this.next(); text !== undefined; text = await this.next()) yield Buffer.from(text);
  }
}

/** Paths that do not begin at the root begin where the person is. */
function filesFrom(files: DeviceFiles, place: { readonly folder: string }): DeviceFiles {
  const whole = (path: string): string => resolve(place.folder, path);
  return {
    find: (path) => files.find(whole(path)),
    link: (path) => files.link(whole(path)),
    list: (path) => files.list(whole(path)),
    read: (path) => files.read(whole(path)),
  };
}
