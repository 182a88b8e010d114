import { randomBytes } from 'node:crypto';
import { TrailbossError } from '../../../../shared/contract/errors.ts';
import { abortable, cancelled } from '../../../net/deadline.ts';
import type { ExecCall, ExecEnd } from '../../../net/ssh.ts';

/** The part of an SSH connection that this needs. */
export interface Streaming {
  stream(call: ExecCall, onEnd: (end: ExecEnd & { readonly bytes: number }) => void): AsyncIterable<Uint8Array>;
}

/** A device that gives nothing for so long is not there. A round of reading answers in milliseconds. */
const stallMs = 15_000;

/** Bytes that may come without a question: none should. */
const mostUnasked = 65_536;

interface Question {
  readonly command: string;
  readonly mostBytes: number;
  readonly marker: Buffer;
  readonly answer: (bytes: Buffer) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * One `sh` on the device that is fed commands over its stdin and answers each in turn. It ends by itself when its stdin does, so nothing
 * goes on running on the device when the program is killed or the connection breaks (a command that was started by itself would:
 * recordings, 15-ssh-exec). One session is open however many files are read, and nothing is started for it but small programs.
 */
export class LogShell {
  readonly #mark = randomBytes(12).toString('hex');
  readonly #waiting: Question[] = [];
  readonly #ending = new AbortController();
  #feed: Feed | undefined;
  #count = 0;
  #failure: { readonly error: unknown } | undefined;

  /** Starts the shell; what goes wrong is thrown by `ask`. */
  constructor(connection: Streaming) {
    void this.#run(connection);
  }

  get isOpen(): boolean {
    return this.#failure === undefined;
  }

  /**
   * What a command writes to stdout; commands that are asked together go out together and are answered in their order. Throws
   * BAD_REPLY beyond `mostBytes`, CANCELLED when the signal fires (the answer is waited for in the background), and what the
   * connection throws.
   */
  ask(command: string, mostBytes: number, signal: AbortSignal): Promise<Buffer> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure.error);
    const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
    this.#count += 1;
    const name = `${this.#mark}-${this.#count}`;
    // What a file has last may lack its line end: the marker is on a line of its own all the same.
    const line = `${command}; echo; echo ${name}\n`;
    this.#waiting.push({ command: line, mostBytes, marker: Buffer.from(`\n${name}\n`), answer: resolve, fail: reject });
    this.#feed?.send(line);
    return abortable(promise, signal);
  }

  /** Ends the shell on the device too. Safe to repeat. */
  close(): void {
    this.#fail(cancelled());
    this.#feed?.end();
    this.#ending.abort();
  }

  async #run(connection: Streaming): Promise<void> {
    const { signal } = this.#ending;
    const stdin = { open: () => this.#open() };
    try {
      let heard: Buffer = Buffer.alloc(0);
      const call = { command: 'sh', stdin, signal, timeoutMs: stallMs, maxStdoutBytes: 0 };
      for await (const chunk of connection.stream(call, (end) => this.#ended(end))) {
        heard = this.#take(heard.length === 0 ? Buffer.from(chunk) : Buffer.concat([heard, chunk]), chunk.length);
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#fail(cancelled());
      this.#feed?.end();
    }
  }

  /** The session may be started a second time (the device's start race): whatever waits is asked anew. */
  #open(): AsyncIterable<Uint8Array> {
    this.#feed?.end();
    this.#feed = new Feed();
    for (const { command } of this.#waiting) this.#feed.send(command);
    return this.#feed.chunks();
  }

  /** Answers what is whole, and gives back what is left. `fresh` bytes at the end were not looked at yet. */
  #take(heard: Buffer, fresh: number): Buffer {
    let rest = heard;
    let from = Math.max(0, heard.length - fresh - 64);
    for (let question = this.#waiting[0]; question !== undefined; question = this.#waiting[0]) {
      const at = rest.indexOf(question.marker, from);
      if (at < 0) {
        if (rest.length > question.mostBytes + question.marker.length) throw tooMuch();
        return rest;
      }
      this.#waiting.shift();
      question.answer(rest.subarray(0, at));
      rest = rest.subarray(at + question.marker.length);
      from = 0;
    }
    // Nobody asked for more, and it would wait here without end.
    if (rest.length > mostUnasked) throw tooMuch();
    return rest;
  }

  #ended(end: ExecEnd): void {
    this.#fail(
      new TrailbossError('BAD_REPLY', {
        what: 'The shell that reads the log files on the device ended.',
        unchanged: 'Nothing was changed on the device.',
        next: 'It is started again by itself; if it stays so, look at the device with a terminal.',
        raw: `${end.code ?? end.signal ?? ''} ${end.stderr}`.trim().slice(0, 2000),
      }),
    );
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    for (const { fail } of this.#waiting.splice(0)) fail(this.#failure.error);
  }
}

/** What goes to a stdin, as it comes. */
class Feed {
  readonly #lines: string[] = [];
  #wake: (() => void) | undefined;
  #isOver = false;

  send(line: string): void {
    this.#lines.push(line);
    this.#wake?.();
  }

  end(): void {
    this.#isOver = true;
    this.#wake?.();
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    while (!this.#isOver) {
      const lines = this.#lines.splice(0);
      if (lines.length > 0) yield Buffer.from(lines.join(''));
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }
}

function tooMuch(): TrailbossError {
  return new TrailbossError('BAD_REPLY', {
    what: 'The device gave more of its log than was asked for.',
    unchanged: 'Nothing was changed on the device.',
    next: 'Try again; if it stays so, look at the device with a terminal.',
  });
}
