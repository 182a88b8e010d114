import type { SshWayConfig } from '../../../shared/contract/connection.ts';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import { hostKeyProblem } from '../../net/host-key.ts';
import { inspectPrivateKey } from '../../net/keys.ts';
import { addressText, errorCodeOf } from '../../net/network-problem.ts';
import { rawOf } from '../../net/raw.ts';
import { firstWords } from '../../net/reach.ts';
import { SshConnection } from '../../net/ssh.ts';
import { askHostKey } from '../../net/ssh-host-key.ts';
import { connectionLost, connectProblem, type SshTarget } from '../../net/ssh-problem.ts';
import { clockFinding } from '../clock-finding.ts';
import type { Finding, Probe } from '../probe.ts';
import type { LoginKey, LoginKeys, TrustStore } from '../source.ts';
import { controlSocket, PvCtrl } from './pv-ctrl.ts';
import { noKey } from './ssh-way.ts';

export interface SshProbesPorts {
  readonly host: string;
  readonly config: SshWayConfig;
  readonly trust: TrustStore;
  readonly keys: LoginKeys;
  readonly now: () => number;
}

const unchanged = 'Nothing was changed on the device.';
const greetingMs = 4000;

/** The questions about SSH after the port: from the server's greeting to the clock. One login serves the later ones. */
export function sshProbes(ports: SshProbesPorts): { readonly probes: readonly Probe[]; close(): void } {
  const { host, config, trust, keys } = ports;
  const target: SshTarget = { host, port: config.port, user: config.user };
  let connection: SshConnection | undefined;
  let isClosed = false;

  const loggedIn = (): SshConnection => {
    if (connection?.isOpen === true) return connection;
    throw connectionLost(target, unchanged, 'was closed by the device');
  };

  const protocol: Probe = {
    question: 'protocol',
    needs: 'port',
    timeoutMs: greetingMs + 1000,
    ask: (signal) => greeting(target, signal),
  };

  const hostKey: Probe = {
    question: 'host-key',
    needs: 'protocol',
    timeoutMs: 15_000,
    async ask(signal) {
      const pinned = trust.pinned(host, config.port);
      const shown = await askHostKey(target, pinned, signal);
      const found = `${shown.fingerprint} (${shown.algorithm})`;
      const problem = hostKeyProblem(target, shown, pinned);
      return problem === undefined ? { state: 'ok', found } : { state: 'failed', found, problem };
    },
  };

  const login: Probe = {
    question: 'login',
    needs: 'host-key',
    timeoutMs: 15_000,
    async ask(signal) {
      const key = await keys.keyFor(config.auth).catch(noKey);
      const pinned = trust.pinned(host, config.port);
      const opened = await SshConnection.open({ target, login: key, pinned, signal });
      connection = opened;
      if (isClosed) opened.close();
      return { state: 'ok', found: `user “${config.user}” with ${keyName(key)}` };
    },
  };

  const control: Probe = {
    question: 'pv-ctrl',
    needs: 'login',
    timeoutMs: 20_000,
    async ask(signal) {
      const ctrl = await PvCtrl.open(loggedIn(), controlSocket(target), false, signal);
      const { program } = ctrl;
      return { state: 'ok', found: `answers through ${program}` };
    },
  };

  const clock: Probe = {
    question: 'clock',
    needs: 'login',
    timeoutMs: 10_000,
    ask: (signal) => deviceClock(loggedIn(), target, ports.now, signal),
  };

  return {
    probes: [protocol, hostKey, login, control, clock],
    close() {
      isClosed = true;
      connection?.close();
    },
  };
}

/** An SSH server names itself first (RFC 4253, 4.2). Ours is said too, so that a server that waits for a word shows what it is. */
async function greeting(target: SshTarget, signal: AbortSignal): Promise<Finding> {
  const ask = { say: 'SSH-2.0-Trailboss\r\n', bytes: 512, ms: greetingMs, until: /\n/ };
  const said = await firstWords(target, ask, signal).catch((error: unknown) => {
    if (error instanceof TrailbossError) throw error;
    if (errorCodeOf(error) === 'ECONNRESET') throw connectionLost(target, unchanged, 'was reset before the greeting', error);
    throw connectProblem(error, target, '', new Uint8Array());
  });
  if (said === '') throw connectionLost(target, unchanged, 'was accepted, and then nothing was said');
  const software = /^SSH-[\d.]+-([\x21-\x7e]+)/m.exec(said)?.[1];
  if (software === undefined) {
    const found = /^server:\s*([\x20-\x7e]{1,200})/im.exec(said)?.[1]?.trim();
    const problem = connectProblem(new Error('no SSH greeting'), target, '', new TextEncoder().encode(said));
    return { state: 'failed', problem, ...(found !== undefined && { found }) };
  }
  if (/dropbear/i.test(software)) return { state: 'ok', found: software };
  return { state: 'doubtful', found: software, problem: otherServer(target, software) };
}

/** Pantavisor's own SSH server is a dropbear; a container or another computer has what it has. */
function otherServer(target: SshTarget, software: string): TrailbossError {
  return new TrailbossError('NOT_A_DEVICE', {
    what: `${addressText(target)} is an SSH server, but not the one that Pantavisor brings: it calls itself ${software}.`,
    unchanged,
    next: 'If the questions below are answered well it works all the same. Otherwise check the port: Pantavisor’s own SSH server is usually on 8222.',
  });
}

function keyName(key: LoginKey): string {
  if (key.kind === 'agent') return 'a key of the ssh-agent';
  const inspected = inspectPrivateKey(key.pem, key.passphrase);
  return inspected.kind === 'ready' ? `key ${inspected.fingerprint}` : 'its key';
}

/** Seconds since 1970, as every busybox tells them; half of the way there and back is taken off. */
async function deviceClock(
  connection: SshConnection,
  target: SshTarget,
  now: () => number,
  signal: AbortSignal,
): Promise<Finding> {
  const askedAt = now();
  const end = await connection.exec({ command: 'date +%s', signal, timeoutMs: 8000, maxStdoutBytes: 1024 });
  const answeredAt = now();
  const seconds = /^\d{1,12}$/.exec(new TextDecoder().decode(end.stdout).trim())?.[0];
  if (end.code !== 0 || seconds === undefined) throw noClock(target, end.stderr);
  const ahead = Number(seconds) * 1000 + 500 - (askedAt + answeredAt) / 2;
  return clockFinding(
    ahead,
    'The device’s clock',
    'With a clock that is so far off the device refuses its hub’s certificate, and logs carry wrong times. Let it reach a time server (NTP), or set it with `date -s`. If this computer’s clock is the wrong one, set that.',
  );
}

function noClock(target: SshTarget, stderr: string): TrailbossError {
  return new TrailbossError('BAD_REPLY', {
    what: `${addressText(target)} did not tell the time.`,
    unchanged,
    next: 'Look at the device with a terminal: `date` should answer.',
    ...rawOf(stderr),
  });
}
