/** For tests: logs in to a simulated device with the program's own SSH client. */
import { makeKeyPair } from '../net/keys.ts';
import { SshConnection } from '../net/ssh.ts';
import { openSshClient, type SshConnectOptions } from '../net/ssh-connect.ts';
import { openShell, type RemoteShell } from '../net/ssh-shell.ts';
import type { SimulatedDevice } from './options.ts';

export type Ran = { readonly code: number; readonly stdout: string; readonly stderr: string };
export type Run = (command: string, stdin?: string | Uint8Array) => Promise<Ran>;

export const testKey = makeKeyPair('test');

function loginTo(device: SimulatedDevice, user: string, signal: AbortSignal): SshConnectOptions {
  return {
    target: { host: device.host, port: device.sshPort ?? 0, user },
    login: { kind: 'private-key', pem: testKey.privateKey, passphrase: undefined },
    pinned: device.hostKey,
    signal,
  };
}

/** The library's own client, for what the program's client does not let through. The caller ends it. */
export function openClient(device: SimulatedDevice): ReturnType<typeof openSshClient> {
  return openSshClient(loginTo(device, '/', new AbortController().signal));
}

/** Runs `true` and gives its exit code. */
export function exitOf(client: Awaited<ReturnType<typeof openClient>>): Promise<number> {
  return new Promise((resolve, reject) => {
    client.exec('true', (error, channel) => {
      if (error) reject(error);
      else channel.once('exit', resolve).resume();
    });
  });
}

/** The caller closes it; the device's end of life does too. */
export async function logIn(device: SimulatedDevice, user = '/'): Promise<{ readonly run: Run; close(): void }> {
  const { signal } = new AbortController();
  const connection = await SshConnection.open(loginTo(device, user, signal));
  const run: Run = async (command, stdin = '') => {
    const bytes = typeof stdin === 'string' ? Buffer.from(stdin) : stdin;
    const ended = await connection.exec({ command, stdin: bytes, signal, timeoutMs: 20_000, maxStdoutBytes: 100_000_000 });
    return { code: ended.code ?? -1, stdout: Buffer.from(ended.stdout).toString('utf8'), stderr: ended.stderr };
  };
  return { run, close: () => connection.close() };
}

/** A shell on a terminal of 80 by 24. The caller closes it; the device's end of life does too. */
export function openTerminal(device: SimulatedDevice, user = '/'): Promise<RemoteShell> {
  return openShell({ ...loginTo(device, user, new AbortController().signal), size: { columns: 80, rows: 24 } });
}
