import type { Client, ClientChannel } from 'ssh2';

/** Bytes for a command's stdin, from the start each time it is opened (a command may be tried again). */
export interface StdinSource {
  readonly open: (signal: AbortSignal) => AsyncIterable<Uint8Array>;
  readonly onBytes?: (sent: number) => void;
}

/** How a command ended. Both undefined: the connection broke off before that was told. */
export interface ChannelEnd {
  readonly code: number | undefined;
  readonly signal: string | undefined;
}

export interface OpenChannel {
  readonly channel: ClientChannel;
  /** Resolves at the channel's close, which comes even when the connection dies under it, once its output was read. */
  readonly ended: Promise<ChannelEnd>;
}

/** Opens one exec channel. Rejects with the library's error when the server refuses or the connection is gone. */
export function openChannel(client: Client, command: string): Promise<OpenChannel> {
  return new Promise((resolve, reject) => {
    // exec throws by itself when the connection is gone already.
    client.exec(command, (error, channel) => {
      if (error !== undefined) return reject(error);
      // Listening starts here: a quick command's exit comes in the same packet as this callback.
      const ended = endOf(channel);
      channel.pause();
      resolve({ channel, ended });
    });
  });
}

function endOf(channel: ClientChannel): Promise<ChannelEnd> {
  let end: ChannelEnd = { code: undefined, signal: undefined };
  channel.once('exit', (code: number | null, signal?: string) => {
    end = { code: code ?? undefined, signal };
  });
  channel.on('error', () => undefined);
  return new Promise((resolve) => channel.once('close', () => resolve(end)));
}

/**
 * Sends a command's stdin and ends it. Gives up quietly when the command is over first: ssh2 never calls back for a write to
 * a channel that the other side has closed, so every write races against `over`. Rejects only when the source fails.
 */
export async function feedStdin(
  channel: ClientChannel,
  stdin: Uint8Array | StdinSource | undefined,
  over: Promise<unknown>,
  signal: AbortSignal,
): Promise<void> {
  if (stdin === undefined || stdin instanceof Uint8Array) {
    channel.end(stdin);
    return;
  }
  let isOver = false;
  const ended = over.then(() => {
    isOver = true;
  });
  let sent = 0;
  for await (const chunk of stdin.open(signal)) {
    if (isOver) return;
    await Promise.race([written(channel, chunk), ended]);
    if (isOver) return;
    sent += chunk.length;
    stdin.onBytes?.(sent);
  }
  if (!isOver) channel.end();
}

function written(channel: ClientChannel, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    channel.write(chunk, () => resolve());
  });
}

/** Collects a stream up to a limit of bytes; beyond it `onTooLong` is called once and the rest is dropped. */
export function collect(stream: NodeJS.ReadableStream, limit: number, onTooLong: () => void): () => Uint8Array {
  const chunks: Uint8Array[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    if (size > limit) return;
    size += chunk.length;
    if (size > limit) onTooLong();
    else chunks.push(chunk);
  });
  stream.resume();
  return () => Buffer.concat(chunks);
}

/** A channel's stdout as it arrives, no faster than it is taken; ends with the channel or with `over`. */
export async function* chunksOf(channel: ClientChannel, over: Promise<unknown>): AsyncGenerator<Uint8Array> {
  const queue: Uint8Array[] = [];
  let wake = () => {};
  let isOver = false;
  channel.on('data', (chunk: Buffer) => {
    queue.push(chunk);
    channel.pause();
    wake();
  });
  void over.then(() => {
    isOver = true;
    wake();
  });
  for (;;) {
    const next = queue.shift();
    if (next !== undefined) {
      yield next;
      continue;
    }
    if (isOver) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    wake = resolve;
    channel.resume();
    await promise;
  }
}
