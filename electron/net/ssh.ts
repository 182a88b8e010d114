import type { Client, ClientChannel } from 'ssh2';
import { TrailbossError } from '../../shared/contract/errors.ts';
import { abortable, cancelled, startDeadline } from './deadline.ts';
import { nothingChanged } from './http-problem.ts';
import { addressText } from './network-problem.ts';
import { type ChannelEnd, chunksOf, collect, feedStdin, type OpenChannel, openChannel, type StdinSource } from './ssh-channel.ts';
import { openSshClient, type SshConnectOptions } from './ssh-connect.ts';
import { type Pass, SshGate } from './ssh-gate.ts';
import { connectionLost, type SshTarget } from './ssh-problem.ts';

export interface ExecCall {
  /** A command line for the remote shell; quote what comes from outside (shell-quote.ts). */
  readonly command: string;
  readonly stdin?: Uint8Array | StdinSource;
  readonly signal: AbortSignal;
  /**
   * Milliseconds until the command is given up; in `stream`, milliseconds in which nothing arrives. Giving up closes the
   * channel, and the remote process goes on: such commands have to end by their own means (`curl -m`).
   */
  readonly timeoutMs: number;
  readonly maxStdoutBytes: number;
  /** Holds every other command back until this one ended: `pvcontrol` and `pvcurl` share files in /tmp. */
  readonly alone?: boolean;
  /** Must not run twice, not even when it is unknown whether the first try ran. */
  readonly once?: boolean;
  /** What stays as it was when this fails, for people. */
  readonly unchanged?: string;
}

export interface ExecEnd extends ChannelEnd {
  readonly stderr: string;
}

export interface ExecResult extends ExecEnd {
  readonly stdout: Uint8Array;
}

const maxStderrBytes = 65_536;
/** After so long a command is past the start in which the device's login wrapper shares a file. */
const startMs = 300;
const channelOpenMs = 8000;

/**
 * One logged-in SSH connection, kept open with keepalives. Reconnecting is the caller's decision. Commands start one after
 * the other, because the device's login wrapper writes one file for all sessions (fallbear-cmd, `/env-1`): sessions that
 * start together fail with exit 2, which is tried again once. So is a session that dropbear closes without having said
 * whether it took the command (seen with 2022.83, where sessions start while others end). Throws `TrailbossError` only.
 */
export class SshConnection {
  readonly target: SshTarget;
  readonly #client: Client;
  readonly #gate = new SshGate();
  readonly #closeListeners = new Set<() => void>();
  #open = true;

  private constructor(client: Client, target: SshTarget) {
    this.#client = client;
    this.target = target;
    client.on('error', () => undefined);
    client.once('close', () => {
      this.#open = false;
      for (const listener of this.#closeListeners) listener();
    });
  }

  static async open(options: SshConnectOptions): Promise<SshConnection> {
    return new SshConnection(await openSshClient(options), options.target);
  }

  get isOpen(): boolean {
    return this.#open;
  }

  onClose(listener: () => void): void {
    this.#closeListeners.add(listener);
  }

  close(): void {
    if (!this.#open) return;
    const giveUp = setTimeout(() => this.#client.destroy(), 500);
    giveUp.unref();
    this.onClose(() => clearTimeout(giveUp));
    this.#client.end();
  }

  /** Runs a command to its end. A non-zero exit is a result; a lost connection, a timeout and too much output are thrown. */
  async exec(call: ExecCall): Promise<ExecResult> {
    const first = await this.#run(call).catch((error: unknown) => {
      if (this.#mayTryAgain(call, error)) return undefined;
      throw error;
    });
    return first === undefined || hitTheStartRace(first, first.stdout.length) ? this.#run(call) : first;
  }

  /** Runs a command and gives its stdout as it arrives, without a limit. `onEnd` hears how it ended, and may throw. */
  async *stream(call: ExecCall, onEnd: (end: ExecEnd & { readonly bytes: number }) => void): AsyncGenerator<Uint8Array> {
    for (let attempt = 1; ; attempt += 1) {
      let bytes = 0;
      const stall = startDeadline(call.signal, call.timeoutMs);
      let running: Running | undefined;
      try {
        running = await this.#start(call, stall.signal);
        for await (const chunk of chunksOf(running.channel, Promise.race([running.ended, aborted(stall.signal)]))) {
          bytes += chunk.length;
          stall.stopClock();
          yield chunk;
          stall.restart(call.timeoutMs);
        }
        if (stall.signal.aborted) throw cancelled();
        const end = { ...(await running.ended), stderr: running.stderr() };
        this.#checkToldEnd(call, end);
        if (attempt === 1 && hitTheStartRace(end, bytes)) continue;
        return onEnd({ ...end, bytes });
      } catch (error) {
        if (attempt === 1 && bytes === 0 && this.#mayTryAgain(call, error)) continue;
        throw stall.expired() && !call.signal.aborted ? this.#lost(call, `gave nothing for ${call.timeoutMs / 1000} s`) : error;
      } finally {
        stall.clear();
        running?.stop();
      }
    }
  }

  async #run(call: ExecCall): Promise<ExecResult> {
    const deadline = startDeadline(call.signal, call.timeoutMs);
    let running: Running | undefined;
    try {
      running = await this.#start(call, deadline.signal);
      const { channel, ended, fed } = running;
      const tooLong = Promise.withResolvers<never>();
      const stdout = collect(channel, call.maxStdoutBytes, () => tooLong.reject(tooMuch(this.target, call)));
      const end = {
        ...(await abortable(Promise.race([ended, tooLong.promise, fed]), deadline.signal)),
        stderr: running.stderr(),
      };
      this.#checkToldEnd(call, end);
      return { ...end, stdout: stdout() };
    } catch (error) {
      if (call.signal.aborted) throw cancelled();
      if (deadline.expired()) throw this.#lost(call, `gave no answer within ${call.timeoutMs / 1000} s`);
      throw error;
    } finally {
      deadline.clear();
      running?.stop();
    }
  }

  async #start(call: ExecCall, signal: AbortSignal): Promise<Running> {
    const pass = await this.#gate.enter(signal);
    try {
      const { channel, ended } = await this.#openChannel(call, signal);
      if (call.alone !== true) this.#passOnAfterStart(ended, pass);
      const fed = feedStdin(channel, call.stdin, Promise.race([ended, aborted(signal)]), signal).catch((error: unknown) => {
        throw error instanceof TrailbossError ? error : unreadableSource(error, call);
      });
      const failedSource = fed.then(() => new Promise<never>(() => undefined));
      failedSource.catch(() => channel.close());
      const stderr = collect(channel.stderr, maxStderrBytes, () => undefined);
      return {
        channel,
        ended,
        fed: failedSource,
        stderr: () => new TextDecoder().decode(stderr()),
        stop: () => {
          channel.close();
          pass.leave();
        },
      };
    } catch (error) {
      pass.leave();
      throw error;
    }
  }

  async #openChannel(call: ExecCall, signal: AbortSignal): Promise<OpenChannel> {
    const deadline = startDeadline(signal, channelOpenMs);
    try {
      if (!this.#open) throw new Error('the connection is closed');
      const opening = openChannel(this.#client, call.command);
      // A channel that opens after nobody waits any more is closed at once.
      opening.then(
        ({ channel }) => deadline.signal.aborted && channel.close(),
        () => undefined,
      );
      return await abortable(opening, deadline.signal);
    } catch (error) {
      if (signal.aborted) throw cancelled();
      if (error instanceof Error && /open failure/i.test(error.message)) throw noSession(this.target, call, error);
      const problem = this.#lost(call, deadline.expired() ? 'opens no session' : 'does not take a command', error);
      if (error instanceof Error && error.message === 'Unable to exec') notTaken.add(problem);
      throw problem;
    } finally {
      deadline.clear();
    }
  }

  #passOnAfterStart(ended: Promise<unknown>, pass: Pass): void {
    const timer = setTimeout(pass.started, startMs);
    void ended.then(() => clearTimeout(timer));
  }

  #mayTryAgain(call: ExecCall, error: unknown): boolean {
    return error instanceof TrailbossError && notTaken.has(error) && this.#open && call.once !== true && !call.signal.aborted;
  }

  #checkToldEnd(call: ExecCall, end: ChannelEnd): void {
    if (end.code === undefined && end.signal === undefined) throw this.#lost(call, 'broke off in the middle of a command');
  }

  #lost(call: ExecCall, detail: string, cause?: unknown): TrailbossError {
    return connectionLost(this.target, call.unchanged ?? nothingChanged, detail, cause);
  }
}

/** Problems of commands that were refused, or closed before the server said whether it took them. */
const notTaken = new WeakSet<TrailbossError>();

interface Running {
  readonly channel: ClientChannel;
  readonly ended: Promise<ChannelEnd>;
  /** Never resolves; rejects when the stdin's source fails. */
  readonly fed: Promise<never>;
  readonly stderr: () => string;
  readonly stop: () => void;
}

/** fallbear-cmd: "/env-1: No such file or directory", "/env-1: line 30: syntax error: unterminated quoted string". */
function hitTheStartRace(end: ExecEnd, stdoutBytes: number): boolean {
  return end.code === 2 && stdoutBytes === 0 && /\/env-\d+|unterminated quoted string/.test(end.stderr);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function tooMuch(target: SshTarget, call: ExecCall): TrailbossError {
  return new TrailbossError('BAD_REPLY', {
    what: `A reply of ${addressText(target)} is longer than ${call.maxStdoutBytes} bytes and does not end.`,
    unchanged: call.unchanged ?? nothingChanged,
    next: 'Try again; if it stays, look at the device with a terminal.',
  });
}

function noSession(target: SshTarget, call: ExecCall, cause: Error): TrailbossError {
  return new TrailbossError(
    'DEVICE_BUSY',
    {
      what: `The SSH server of ${addressText(target)} opens no further session.`,
      unchanged: call.unchanged ?? nothingChanged,
      next: 'Close other sessions to this device, or wait a moment.',
      raw: cause.message,
    },
    { cause },
  );
}

function unreadableSource(error: unknown, call: ExecCall): TrailbossError {
  return new TrailbossError(
    'LOCAL_STORAGE',
    {
      what: 'The bytes to send could not be read on this computer.',
      unchanged: call.unchanged ?? nothingChanged,
      next: 'Check the disk and the file, and try again.',
      ...(error instanceof Error ? { raw: error.message } : {}),
    },
    { cause: error },
  );
}
