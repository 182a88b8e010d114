/** A thin typed wrapper over ssh2's server: public keys, exec channels, and shells on a terminal; nothing else. */
import { createServer, type Socket } from 'node:net';
import ssh2, { type AuthContext, type Connection, type ServerChannel } from 'ssh2';
import { type HostKey, readHostKey } from './host-key.ts';

export type SshExec = {
  readonly user: string;
  readonly command: string;
  readonly stdin: AsyncIterable<Uint8Array>;
  stdout(bytes: string | Uint8Array): Promise<void>;
  stderr(bytes: string | Uint8Array): Promise<void>;
  /** Aborted when the client closes the channel or the connection. */
  readonly signal: AbortSignal;
};

/** A session with a terminal: what a person types, and a screen of some size. */
export type SshTerminal = {
  readonly user: string;
  readonly input: AsyncIterable<Uint8Array>;
  write(bytes: string | Uint8Array): Promise<void>;
  /** As it is now: the person may change it. */
  size(): { readonly columns: number; readonly rows: number };
  /** Aborted when the client closes the channel or the connection. */
  readonly signal: AbortSignal;
};

export type SshServerOptions = {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  /** The host's private key, in a form that ssh2 reads (OpenSSH). */
  readonly hostKey: string;
  /** Whether this public key (SSH wire form, base64) may log in as this user. */
  readonly mayLogIn: (user: string, publicKey: string) => boolean;
  /** Runs a command and gives its exit code. */
  readonly exec: (exec: SshExec) => Promise<number>;
  /** Serves a shell on a terminal until its exit code; without it, and for a client without a terminal, a shell is `sh` run by `exec`. */
  readonly terminal?: (terminal: SshTerminal) => Promise<number>;
  /** What it calls itself behind `SSH-2.0-`; ssh2's own name where it is left out. */
  readonly software?: string;
  /** While this is true, new connections are taken and never answered. */
  readonly isMute?: () => boolean;
};

export interface SshServer {
  readonly port: number;
  /** The host key in use. */
  hostKey(): HostKey;
  /** Connections from now on meet this host key. */
  setHostKey(hostKey: string): void;
  open(): void;
  /** Refuses new connections and resets those that are there. */
  shut(): void;
  close(): Promise<void>;
}

/** A new host key in OpenSSH form; ECDSA, as the device's dropbear makes it. */
export function newHostKey(): string {
  return ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 }).private;
}

/** What a client sees of a private host key. */
export function hostKeyOf(privateKey: string): HostKey {
  const parsed = ssh2.utils.parseKey(privateKey);
  if (parsed instanceof Error) throw parsed;
  return readHostKey(parsed.getPublicSSH());
}

const RETRY_AFTER_MS = 50;

/** Listens at once. Rejects where the port is taken. */
export async function startSshServer(options: SshServerOptions): Promise<SshServer> {
  const sockets = new Set<Socket>();
  let hostKey = options.hostKey;
  let server = newServer(hostKey, options);
  let wanted = true;
  let retry: NodeJS.Timeout | undefined;

  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    if (options.isMute?.() !== true) server.injectSocket(socket);
  });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(options.port, options.host, () => {
      listener.off('error', reject);
      resolve();
    });
  });
  const address = listener.address();
  const port = typeof address === 'object' && address ? address.port : options.port;

  function reopen(): void {
    if (!wanted || listener.listening) return;
    listener.once('error', () => {
      retry = setTimeout(reopen, RETRY_AFTER_MS);
    });
    listener.listen(port, options.host, () => listener.removeAllListeners('error'));
  }

  return {
    port,
    hostKey: () => hostKeyOf(hostKey),
    setHostKey(next) {
      hostKey = next;
      server = newServer(hostKey, options);
    },
    open() {
      wanted = true;
      reopen();
    },
    shut() {
      wanted = false;
      clearTimeout(retry);
      if (listener.listening) listener.close();
      for (const socket of sockets) socket.resetAndDestroy();
    },
    async close() {
      wanted = false;
      clearTimeout(retry);
      for (const socket of sockets) socket.destroy();
      if (listener.listening) await new Promise((done) => listener.close(done));
    },
  };
}

function newServer(hostKey: string, options: SshServerOptions): ssh2.Server {
  const { software } = options;
  const config = { hostKeys: [hostKey], ...(software === undefined ? {} : { ident: software }) };
  return new ssh2.Server(config, (connection) => serve(connection, options));
}

function serve(connection: Connection, options: SshServerOptions): void {
  let user = '';
  connection.on('error', () => connection.end());
  connection.on('authentication', (context) => {
    user = context.username;
    if (accepts(context, options)) context.accept();
    else context.reject(['publickey']);
  });
  connection.on('session', (accept) => {
    const session = accept();
    let size: { columns: number; rows: number } | undefined;
    session.on('exec', (acceptExec, _reject, info) => void run(acceptExec(), user, info.command, options));
    session.on('shell', (acceptShell) => {
      const channel = acceptShell();
      const { terminal } = options;
      if (terminal && size !== undefined) void serveTerminal(channel, user, () => size ?? { columns: 80, rows: 24 }, terminal);
      else void run(channel, user, 'sh', options);
    });
    session.on('pty', (acceptPty, _reject, { cols, rows }) => {
      size = { columns: cols, rows };
      acceptPty?.();
    });
    session.on('window-change', (acceptChange, _reject, { cols, rows }) => {
      size = { columns: cols, rows };
      acceptChange?.();
    });
    session.on('env', (acceptEnv) => acceptEnv?.());
  });
}

function accepts(context: AuthContext, options: SshServerOptions): boolean {
  if (context.method !== 'publickey') return false;
  if (!options.mayLogIn(context.username, context.key.data.toString('base64'))) return false;
  if (!context.signature || !context.blob) return true;
  const key = ssh2.utils.parseKey(context.key.data);
  return !(key instanceof Error) && key.verify(context.blob, context.signature, context.hashAlgo) === true;
}

async function run(channel: ServerChannel, user: string, command: string, options: SshServerOptions): Promise<void> {
  const closed = new AbortController();
  channel.on('close', () => closed.abort());
  channel.on('error', () => closed.abort());
  const code = await options
    .exec({
      user,
      command,
      // Whoever stops reading early must not close the channel: its exit code is still to come.
      stdin: channel.iterator({ destroyOnReturn: false }),
      stdout: (bytes) => write(channel, bytes, closed.signal),
      stderr: (bytes) => write(channel.stderr, bytes, closed.signal),
      signal: closed.signal,
    })
    .catch(() => 255);
  if (closed.signal.aborted) return;
  channel.exit(code);
  channel.end();
}

async function serveTerminal(
  channel: ServerChannel,
  user: string,
  size: SshTerminal['size'],
  serveOne: (terminal: SshTerminal) => Promise<number>,
): Promise<void> {
  const closed = new AbortController();
  channel.on('close', () => closed.abort());
  channel.on('error', () => closed.abort());
  const input = channel.iterator({ destroyOnReturn: false });
  const send = (bytes: string | Uint8Array) => write(channel, bytes, closed.signal);
  const code = await serveOne({ user, input, write: send, size, signal: closed.signal }).catch(() => 255);
  if (closed.signal.aborted) return;
  channel.exit(code);
  channel.end();
}

function write(to: NodeJS.WritableStream, bytes: string | Uint8Array, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      signal.removeEventListener('abort', done);
      resolve();
    };
    signal.addEventListener('abort', done, { once: true });
    to.write(bytes, done);
  });
}
