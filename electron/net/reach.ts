import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import { abortable, cancelled, startDeadline } from './deadline.ts';
import type { Address } from './network-problem.ts';

/** An address of the internet protocol, as the system's resolver gives it. */
export interface IpAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** The addresses of a name, through the system's own resolver (hosts file, DNS, mDNS where the system does that). Throws its errors. */
export async function lookUp(host: string, signal: AbortSignal): Promise<readonly IpAddress[]> {
  const bare = host.replace(/^\[|\]$/g, '');
  const family = isIP(bare);
  if (family !== 0) return [{ address: bare, family: family === 6 ? 6 : 4 }];
  const found = await abortable(lookup(host, { all: true }), signal);
  return found.map((one) => ({ address: one.address, family: one.family === 6 ? 6 : 4 }));
}

/** Opens a TCP connection and ends it. Answers with the address that took it; throws the system's error, or ETIMEDOUT after `ms`. */
export async function knock(address: Address, ms: number, signal: AbortSignal): Promise<string> {
  const socket = await openSocket(address, ms, signal);
  const answered = socket.remoteAddress ?? address.host;
  socket.destroy();
  return answered;
}

/** What the other side says first, and after `say` if that is given: at most `bytes` of it, as latin1. Empty where it says nothing within `ms`. */
export async function firstWords(
  address: Address,
  options: { readonly say?: string; readonly bytes: number; readonly ms: number; readonly until?: RegExp },
  signal: AbortSignal,
): Promise<string> {
  const socket = await openSocket(address, options.ms, signal);
  const deadline = startDeadline(signal, options.ms);
  try {
    let said = '';
    await new Promise<void>((resolve, reject) => {
      socket.on('data', (chunk: Buffer) => {
        said = `${said}${chunk.toString('latin1')}`.slice(0, options.bytes);
        if (said.length >= options.bytes || options.until?.test(said) === true) resolve();
      });
      socket.once('end', resolve);
      socket.once('close', () => resolve());
      socket.once('error', (error) => (said === '' ? reject(error) : resolve()));
      if (deadline.signal.aborted) resolve();
      deadline.signal.addEventListener('abort', () => resolve(), { once: true });
      if (options.say !== undefined) socket.write(options.say);
    });
    if (signal.aborted) throw cancelled();
    return said;
  } finally {
    deadline.clear();
    socket.on('error', () => undefined);
    socket.destroy();
  }
}

async function openSocket({ host, port }: Address, ms: number, signal: AbortSignal): Promise<Socket> {
  const deadline = startDeadline(signal, ms);
  const socket = connect({ host: host.replace(/^\[|\]$/g, ''), port });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
      if (deadline.signal.aborted) reject(deadline.signal.reason);
      deadline.signal.addEventListener('abort', () => reject(deadline.signal.reason), { once: true });
    });
    socket.removeAllListeners('error');
    return socket;
  } catch (error) {
    socket.on('error', () => undefined);
    socket.destroy();
    if (signal.aborted) throw cancelled();
    throw deadline.expired() ? Object.assign(new Error('connect timed out', { cause: error }), { code: 'ETIMEDOUT' }) : error;
  } finally {
    deadline.clear();
  }
}
