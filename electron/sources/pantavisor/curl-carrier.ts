import { TrailbossError } from '../../../shared/contract/errors.ts';
import { addressText } from '../../net/network-problem.ts';
import { rawOf } from '../../net/raw.ts';
import { commandLine } from '../../net/shell-quote.ts';
import type { ExecEnd, SshConnection } from '../../net/ssh.ts';
import { connectionLost } from '../../net/ssh-problem.ts';
import {
  type CtrlBody,
  type CtrlCall,
  type CtrlCarrier,
  type CtrlReply,
  ProgramMissing,
  UploadCutShort,
} from './ctrl-carrier.ts';
import { parseCurlReply } from './curl-reply.ts';

/** Beside curl's own time limit, which ends the remote process, some time for the way there and back. */
const wayMs = 1500;
const maxHeaderBytes = 16_384;
/** A download through pv-ctrl is paced to 1 MB/s; this is pvcontrol's own limit for objects. */
const downloadSeconds = 14_400;

/** Speaks with pv-ctrl by `curl` on the device: gives HTTP codes, and several can run at once. */
export class CurlCarrier implements CtrlCarrier {
  readonly program = 'curl';
  readonly parallel = true;
  readonly #ssh: SshConnection;
  readonly #socket: string;

  constructor(ssh: SshConnection, socket: string) {
    this.#ssh = ssh;
    this.#socket = socket;
  }

  async send(call: CtrlCall): Promise<CtrlReply> {
    const { body } = call;
    const seconds = Math.max(1, Math.floor(call.timeoutMs / 1000));
    const command = commandLine([
      ...['curl', '-sS', '-i', '-m', String(seconds), '--unix-socket', this.#socket],
      ...methodArguments(call.method, body),
      `http://localhost${call.path}`,
    ]);
    const end = await this.#ssh.exec({
      command,
      signal: call.signal,
      timeoutMs: call.timeoutMs + wayMs,
      maxStdoutBytes: call.maxReplyBytes + maxHeaderBytes,
      unchanged: call.unchanged,
      // Commands to the device and to containers; everything else may be said twice.
      once: body?.kind === 'json',
      ...(body?.kind === 'bytes' ? { stdin: body.bytes } : {}),
      ...(body?.kind === 'upload' ? { stdin: body } : {}),
    });
    const reply = parseCurlReply(end.stdout);
    // A whole answer counts, even when curl could not send the rest of an upload (exit 55, recordings 15-ssh-exec).
    if (reply !== undefined && (end.code === 0 || end.code === 55)) return reply;
    throw this.#failure(end, call);
  }

  async *download(sha: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const unchanged = 'Nothing was changed on the device.';
    const command = commandLine([
      ...['curl', '-sS', '-f', '-m', String(downloadSeconds), '--unix-socket', this.#socket],
      `http://localhost/objects/${sha}`,
    ]);
    yield* this.#ssh.stream({ command, signal, timeoutMs: 15_000, maxStdoutBytes: 0 }, (end) => {
      if (end.code === 0) return;
      if (end.code === 22) {
        throw new TrailbossError('NOT_FOUND', {
          what: `The device does not have the object ${sha.slice(0, 8)}.`,
          unchanged,
          next: 'Refresh, and look what is there now.',
          ...rawOf(end.stderr),
        });
      }
      throw this.#failure(end, { unchanged });
    });
  }

  #failure(end: ExecEnd, call: Pick<CtrlCall, 'unchanged'> & Partial<CtrlCall>): Error {
    const { target } = this.#ssh;
    const cause = new Error(end.stderr.trim() === '' ? `curl ended with ${end.code ?? end.signal}` : end.stderr.trim());
    switch (end.code) {
      case 127:
      case 126:
        return new ProgramMissing('curl');
      case 55:
        if (call.body?.kind === 'upload') return new UploadCutShort(cause.message);
        return connectionLost(target, call.unchanged, 'reaches the device, but Pantavisor broke off in the middle', cause);
      case 7:
        return connectionLost(
          target,
          call.unchanged,
          'reaches the device, but Pantavisor’s control socket does not answer',
          cause,
        );
      case 28:
        return connectionLost(target, call.unchanged, 'reaches the device, but Pantavisor did not answer in time', cause);
      case 18:
      case 52:
      case 56:
        return connectionLost(target, call.unchanged, 'reaches the device, but Pantavisor broke off in the middle', cause);
      default:
        return commandFailed(target, end, call.unchanged);
    }
  }
}

/** A command on the device ended in a way that says nothing about Pantavisor. */
export function commandFailed(target: SshConnection['target'], end: ExecEnd, unchanged: string): TrailbossError {
  if (/no container found|doesn't exist/.test(end.stderr)) {
    return new TrailbossError('LOGIN_REFUSED', {
      what: `There is no container “${target.user}” on ${addressText(target)} to log in to.`,
      unchanged,
      next: 'Use the user “/” for the host system, or the name of a running container.',
      ...rawOf(end.stderr),
    });
  }
  return new TrailbossError('BAD_REPLY', {
    what: `A command on ${addressText(target)} ended with ${end.code ?? end.signal} and no usable answer.`,
    unchanged,
    next: 'Try again; if it stays, look at the device with a terminal.',
    ...rawOf(end.stderr),
  });
}

function methodArguments(method: CtrlCall['method'], body: CtrlBody | undefined): readonly string[] {
  if (body === undefined) return method === 'GET' ? [] : ['-X', method];
  if (body.kind === 'json') return ['-X', method, '-H', 'Content-Type: application/json', '--data', body.text];
  const size = body.kind === 'bytes' ? body.bytes.length : body.size;
  // Without Expect and chunks the device answers cleanly, also when it has the object already (recordings 15-ssh-exec).
  return ['-H', 'Expect:', '-H', 'Transfer-Encoding:', '-H', `Content-Length: ${size}`, '-T', '-'];
}
