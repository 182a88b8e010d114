import { connect, type Socket } from 'node:net';
import ssh2 from 'ssh2';
import { TrailbossError } from '../../shared/contract/errors.ts';
import { cancelled, checkCancelled, startDeadline } from './deadline.ts';
import { type HostKey, hostKeyProblem, readHostKey } from './host-key.ts';
import { nothingChanged } from './http-problem.ts';
import { inspectPrivateKey } from './keys.ts';
import { addressText } from './network-problem.ts';
import { connectionLost, connectProblem, loginRefused, type SshTarget } from './ssh-problem.ts';

/** What proves who we are. */
export type SshLogin =
  | { readonly kind: 'private-key'; readonly pem: string; readonly passphrase: string | undefined }
  | { readonly kind: 'agent'; readonly socket: string };

export interface SshConnectOptions {
  readonly target: SshTarget;
  readonly login: SshLogin;
  /** The accepted host key; without one the connection always ends in HOST_KEY_UNKNOWN. */
  readonly pinned: HostKey | undefined;
  readonly signal: AbortSignal;
  /** Milliseconds for the TCP connection. */
  readonly connectMs?: number;
  /** Milliseconds from there to the login. */
  readonly handshakeMs?: number;
}

const keepaliveMs = 5000;
const keepalivesMissed = 2;

/** A logged-in ssh2 client. Throws `TrailbossError` only; on any failure nothing stays open. */
export async function openSshClient(options: SshConnectOptions): Promise<ssh2.Client> {
  const { target, login, signal } = options;
  checkCancelled(signal);
  const keyName = checkLogin(target, login);
  const socket = await openSocket(target, options.connectMs ?? 4000, signal);
  const handshakeMs = options.handshakeMs ?? 8000;
  const client = new ssh2.Client();
  let greeting: Uint8Array = new Uint8Array();
  let refusal: TrailbossError | undefined;
  const deadline = startDeadline(signal, handshakeMs);
  try {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    // The first error says why; those after it are consequences.
    client.on('error', reject);
    client.once('ready', resolve);
    client.once('close', () => reject(new Error('the connection was closed')));
    deadline.signal.addEventListener('abort', () => reject(deadline.signal.reason), { once: true });
    client.connect({
      sock: socket,
      username: target.user,
      ...loginConfig(login),
      hostVerifier: (key: Buffer) => {
        refusal = hostKeyProblem(target, readHostKey(key), options.pinned);
        return refusal === undefined;
      },
      algorithms: { serverHostKey: hostKeyAlgorithms(options.pinned) },
      readyTimeout: 0,
      keepaliveInterval: keepaliveMs,
      keepaliveCountMax: keepalivesMissed,
    });
    // After connect(), which pauses the socket: a listener before that would swallow the first bytes.
    const onGreeting = (chunk: Buffer) => {
      if (greeting.length < 512) greeting = Buffer.concat([greeting, chunk]).subarray(0, 512);
    };
    socket.on('data', onGreeting);
    await promise;
    socket.off('data', onGreeting);
    return client;
  } catch (error) {
    client.on('error', () => undefined);
    client.destroy();
    socket.destroy();
    if (refusal !== undefined) throw refusal;
    if (signal.aborted) throw cancelled();
    if (deadline.expired() && greeting.length === 0) {
      throw connectionLost(target, nothingChanged, 'was accepted, and then nothing was said', error);
    }
    throw connectProblem(error, target, keyName, greeting);
  } finally {
    deadline.clear();
  }
}

async function openSocket(target: SshTarget, connectMs: number, signal: AbortSignal): Promise<Socket> {
  const deadline = startDeadline(signal, connectMs);
  const socket = connect({ host: target.host, port: target.port });
  socket.setNoDelay(true);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
      deadline.signal.addEventListener('abort', () => reject(deadline.signal.reason), { once: true });
    });
    return socket;
  } catch (error) {
    socket.on('error', () => undefined);
    socket.destroy();
    if (signal.aborted) throw cancelled();
    const reason = deadline.expired()
      ? Object.assign(new Error('connect timed out', { cause: error }), { code: 'ETIMEDOUT' })
      : error;
    throw connectProblem(reason, target, '', new Uint8Array());
  } finally {
    deadline.clear();
    socket.removeAllListeners('error');
  }
}

/** Finds out before any connection whether the key can be used, and what to call it. */
function checkLogin(target: SshTarget, login: SshLogin): string {
  if (login.kind === 'agent') return 'any key of the ssh-agent';
  const key = inspectPrivateKey(login.pem, login.passphrase);
  switch (key.kind) {
    case 'ready':
      return `the key ${key.fingerprint}`;
    case 'needs-passphrase':
    case 'wrong-passphrase':
      throw new TrailbossError('PASSPHRASE_NEEDED', {
        what:
          key.kind === 'needs-passphrase'
            ? 'The private key is locked with a passphrase.'
            : 'The passphrase does not open the private key.',
        unchanged: `Nothing was sent to ${addressText(target)}.`,
        next: 'Enter the passphrase of the key.',
      });
    case 'public-only':
      throw new TrailbossError('LOGIN_REFUSED', {
        what: 'The key file holds a public key; logging in takes the private one.',
        unchanged: nothingChanged,
        next: 'Choose the file beside it without “.pub”.',
      });
    case 'unreadable':
      throw loginRefused(target, 'a key file that can not be read', key.reason);
  }
}

function loginConfig(login: SshLogin): Pick<ssh2.ConnectConfig, 'agent' | 'privateKey' | 'passphrase'> {
  if (login.kind === 'agent') return { agent: login.socket };
  return { privateKey: login.pem, ...(login.passphrase === undefined ? {} : { passphrase: login.passphrase }) };
}

const offered: readonly ssh2.ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
  'ssh-rsa',
];

/** The accepted key's algorithms come first, so that a server with several keys shows the one that was accepted. */
function hostKeyAlgorithms(pinned: HostKey | undefined): ssh2.ServerHostKeyAlgorithm[] {
  const signs = (algorithm: string) =>
    pinned?.algorithm === 'ssh-rsa' ? algorithm.includes('rsa') : algorithm === pinned?.algorithm;
  return [...offered.filter(signs), ...offered.filter((algorithm) => !signs(algorithm))];
}
