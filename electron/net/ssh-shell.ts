import type { Client, ClientChannel } from 'ssh2';
import { abortable, cancelled, startDeadline } from './deadline.ts';
import { nothingChanged } from './http-problem.ts';
import type { ChannelEnd } from './ssh-channel.ts';
import { openSshClient, type SshConnectOptions } from './ssh-connect.ts';
import { connectionLost, type SshTarget } from './ssh-problem.ts';

/** Characters; a terminal has at least one of each. */
export interface ShellSize {
  readonly columns: number;
  readonly rows: number;
}

/** An interactive shell on a device, in a terminal of its own. */
export interface RemoteShell {
  /** What it writes, in order, from the first byte on. To be called once; nothing is read before. */
  onOutput(listener: (bytes: Uint8Array) => void): void;
  /** Nothing more is read until `resume`: the shell is held back by the window of its channel. */
  pause(): void;
  resume(): void;
  /** Resolves when the bytes have gone out, or can't any more. */
  write(bytes: Uint8Array): Promise<void>;
  resize(size: ShellSize): void;
  /** Resolves after the last output was given; both undefined: the connection broke off before the end was told. */
  readonly ended: Promise<ChannelEnd>;
  /** Hangs up. Safe to repeat. */
  close(): void;
}

/** Milliseconds for the server to give the terminal, once logged in. */
const shellOpenMs = 8000;
const terminal = 'xterm-256color';

export interface ShellOptions extends Omit<SshConnectOptions, 'signal'> {
  readonly size: ShellSize;
  readonly signal: AbortSignal;
}

/**
 * Opens a shell on a connection of its own, because a device's login takes the user name as the place to land in, and so that
 * much output holds nothing else back. `signal` ends the opening alone. Throws `TrailbossError` only; on any failure nothing
 * stays open.
 */
export async function openShell(options: ShellOptions): Promise<RemoteShell> {
  const { target, signal, size } = options;
  const client = await openSshClient(options);
  const deadline = startDeadline(signal, shellOpenMs);
  try {
    client.on('error', () => undefined);
    return await abortable(shellOn(client, size), deadline.signal);
  } catch (error) {
    client.destroy();
    if (signal.aborted) throw cancelled();
    throw noTerminal(target, deadline.expired(), error);
  } finally {
    deadline.clear();
  }
}

function shellOn(client: Client, { columns, rows }: ShellSize): Promise<RemoteShell> {
  return new Promise((resolve, reject) => {
    client.once('close', () => reject(new Error('the connection was closed')));
    client.shell({ term: terminal, cols: columns, rows, width: 0, height: 0 }, (error, channel) => {
      if (error !== undefined) return reject(error);
      channel.pause();
      // Listening starts here: a quick end comes in the same packet as this callback.
      resolve(new ShellOnChannel(client, channel));
    });
  });
}

class ShellOnChannel implements RemoteShell {
  readonly ended: Promise<ChannelEnd>;
  readonly #client: Client;
  readonly #channel: ClientChannel;
  #isOver = false;

  constructor(client: Client, channel: ClientChannel) {
    this.#client = client;
    this.#channel = channel;
    let end: ChannelEnd = { code: undefined, signal: undefined };
    channel.once('exit', (code: number | null, signal?: string) => {
      end = { code: code ?? undefined, signal };
    });
    channel.on('error', () => undefined);
    // With a terminal there is one stream; what a server sends on the other one all the same is not to fill its window.
    channel.stderr.resume();
    this.ended = new Promise((resolve) => {
      channel.once('close', () => {
        this.#isOver = true;
        client.end();
        resolve(end);
      });
    });
  }

  onOutput(listener: (bytes: Uint8Array) => void): void {
    this.#channel.on('data', (bytes: Buffer) => listener(bytes));
    this.#channel.resume();
  }

  pause(): void {
    this.#channel.pause();
  }

  resume(): void {
    this.#channel.resume();
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#isOver || !this.#channel.writable) return;
    // ssh2 never calls back for a write to a channel that the other side has closed.
    await Promise.race([new Promise<void>((resolve) => this.#channel.write(bytes, () => resolve())), this.ended]);
  }

  resize({ columns, rows }: ShellSize): void {
    if (!this.#isOver && this.#channel.writable) this.#channel.setWindow(rows, columns, 0, 0);
  }

  close(): void {
    // A paused channel tells its end only after its output was read.
    this.#channel.resume();
    this.#channel.close();
    this.#client.end();
    const giveUp = setTimeout(() => this.#client.destroy(), 500);
    giveUp.unref();
    this.#client.once('close', () => clearTimeout(giveUp));
  }
}

function noTerminal(target: SshTarget, isSlow: boolean, error: unknown) {
  return connectionLost(target, nothingChanged, isSlow ? 'gives no terminal' : 'does not give a terminal', error);
}
