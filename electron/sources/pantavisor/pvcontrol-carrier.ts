import { commandLine, quoteArgument } from '../../net/shell-quote.ts';
import type { ExecEnd, SshConnection } from '../../net/ssh.ts';
import { connectionLost } from '../../net/ssh-problem.ts';
import { type CtrlCall, type CtrlCarrier, type CtrlReply, ProgramMissing } from './ctrl-carrier.ts';
import { commandFailed } from './curl-carrier.ts';

/** pvcontrol's own time limit is 240 s and can't be changed; this is how long it is waited for. */
const wayMs = 3000;

/**
 * Speaks with pv-ctrl by `pvcontrol`, for devices without curl. It tells no HTTP code: exit 0 is 200, and any other answer is
 * recognised by its text (tools/pvcontrol, show_output). Only one runs at a time, because its `pvcurl` shares files in /tmp.
 */
export class PvcontrolCarrier implements CtrlCarrier {
  readonly program = 'pvcontrol';
  readonly parallel = false;
  readonly #ssh: SshConnection;

  constructor(ssh: SshConnection) {
    this.#ssh = ssh;
  }

  async send(call: CtrlCall): Promise<CtrlReply> {
    const { body } = call;
    const end = await this.#ssh.exec({
      command: pvcontrolCommand(call),
      signal: call.signal,
      timeoutMs: call.timeoutMs + wayMs,
      maxStdoutBytes: call.maxReplyBytes + 1,
      unchanged: call.unchanged,
      alone: true,
      once: body?.kind === 'json',
      ...(body?.kind === 'bytes' ? { stdin: body.bytes } : {}),
      ...(body?.kind === 'upload' ? { stdin: body } : {}),
    });
    // pvcontrol prints the body and a line end of its own.
    if (end.code === 0) return { status: 200, retryAfterSeconds: undefined, body: withoutLastLineEnd(end.stdout) };
    // Nothing to do (204): it prints no body and takes any code but 200 for a failure.
    if (end.code === 255 && call.path === '/commands' && end.stderr.trim() === '') {
      return { status: 204, retryAfterSeconds: undefined, body: new Uint8Array() };
    }
    const said = /^\{.*\}$/m.exec(end.stderr)?.[0];
    if (said !== undefined) return refusalReply(said);
    throw this.#failure(end, call.unchanged);
  }

  async *download(sha: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const unchanged = 'Nothing was changed on the device.';
    const command = commandLine(['pvcontrol', 'objects', 'get', sha]);
    yield* this.#ssh.stream({ command, signal, timeoutMs: 30_000, maxStdoutBytes: 0, alone: true }, (end) => {
      if (end.code !== 0) throw this.#failure(end, unchanged);
    });
  }

  #failure(end: ExecEnd, unchanged: string): Error {
    const { target } = this.#ssh;
    if (end.code === 127 || /Neither 'curl' nor 'pvcurl'/.test(end.stderr)) return new ProgramMissing('pvcontrol');
    if (end.code === 255 || /got no response|pv-ctrl not found|Failed to connect/.test(end.stderr)) {
      const cause = new Error(end.stderr.trim());
      return connectionLost(target, unchanged, 'reaches the device, but Pantavisor’s control socket does not answer', cause);
    }
    return commandFailed(target, end, unchanged);
  }
}

function withoutLastLineEnd(bytes: Uint8Array): Uint8Array {
  return bytes.at(-1) === 0x0a ? bytes.subarray(0, -1) : bytes;
}

/** The device's refusals by their texts, as pv-ctrl sends them (recordings, 12-endpoints and 12b). */
const refusals: readonly { readonly text: RegExp; readonly status: number; readonly retryAfterSeconds?: number }[] = [
  { text: /disk space/, status: 507 },
  { text: /bad checksum/, status: 422 },
  { text: /State JSON|State verification/, status: 422 },
  { text: /command is already in progress/, status: 503, retryAfterSeconds: 120 },
  { text: /update is ongoing/, status: 503, retryAfterSeconds: 600 },
  { text: /does not exist|not found/, status: 404 },
  { text: /while on local mode|disabled by config/, status: 409 },
];

function refusalReply(said: string): CtrlReply {
  const known = refusals.find((refusal) => refusal.text.test(said));
  return { status: known?.status ?? 400, retryAfterSeconds: known?.retryAfterSeconds, body: new TextEncoder().encode(said) };
}

const listings: Readonly<Record<string, readonly string[]>> = {
  '/steps': ['steps', 'ls'],
  '/objects': ['objects', 'ls'],
  '/containers': ['containers', 'ls'],
  '/groups': ['groups', 'ls'],
  '/device-meta': ['devmeta', 'ls'],
  '/user-meta': ['usrmeta', 'ls'],
  '/config': ['config', 'ls'],
};

/** The pvcontrol command that makes the same request. Throws RangeError for one that pvcontrol has no form for. */
export function pvcontrolCommand(call: Pick<CtrlCall, 'method' | 'path' | 'body' | 'message'>): string {
  const { method, path, body, message = '' } = call;
  const listing = listings[path];
  if (method === 'GET' && listing !== undefined) return commandLine(['pvcontrol', ...listing]);
  const step = /^\/steps\/(.+?)(\/progress|\/commitmsg)?$/.exec(path);
  const [, revision = '', of] = step ?? [];
  if (step !== null && method === 'GET') {
    return commandLine(['pvcontrol', 'steps', of === '/progress' ? 'show-progress' : 'get', revision]);
  }
  // pvcurl can not upload from stdin, so the state takes the way over a file.
  if (step !== null && of === undefined && body?.kind === 'bytes') {
    // A message that begins with @ would be taken for a file's name by the curl inside.
    const options = message === '' ? '' : `-m ${quoteArgument(message.replace(/^@/, ' @'))} `;
    return `f=$(mktemp) && cat >"$f" && pvcontrol ${options}steps put "$f" ${quoteArgument(revision)}; c=$?; rm -f "$f"; exit $c`;
  }
  const metaKey = /^\/user-meta\/(.+)$/.exec(path)?.[1];
  if (metaKey !== undefined && method === 'DELETE') return commandLine(['pvcontrol', 'usrmeta', 'delete', metaKey]);
  if (metaKey !== undefined && body?.kind === 'bytes') {
    // The dot keeps the shell from cutting line ends off. A value that begins with @ would be taken for a file's name by the curl inside.
    const refuse = "case $v in @*) echo 'pvcontrol can not set a value that begins with @' >&2; exit 22;; esac";
    return `v=$(cat; echo .) && v="\${v%.}" && ${refuse}; pvcontrol usrmeta save ${quoteArgument(metaKey)} "$v"`;
  }
  const object = /^\/objects\/([0-9a-f]{64})$/.exec(path)?.[1];
  if (object !== undefined && body?.kind === 'upload')
    return commandLine(['pvcontrol', 'objects', 'put', `-${body.size}`, object]);
  if (body?.kind === 'json') return jsonCommand(path, body.text);
  throw new RangeError(`pvcontrol has no command for ${method} ${path}`);
}

function jsonCommand(path: string, text: string): string {
  const sent: unknown = JSON.parse(text);
  const has = (key: string) => (typeof sent === 'object' && sent !== null && key in sent ? Reflect.get(sent, key) : undefined);
  const container = /^\/containers\/(.+)$/.exec(path)?.[1];
  if (container !== undefined) return commandLine(['pvcontrol', 'containers', String(has('action')), container]);
  if (path === '/commands' && has('op') === 'LOCAL_RUN') return commandLine(['pvcontrol', 'cmd', 'run', String(has('payload'))]);
  if (path === '/commands' && has('op') === 'GO_REMOTE') return commandLine(['pvcontrol', 'cmd', 'go-remote']);
  if (path === '/commands' && has('op') === 'REBOOT_DEVICE') return commandLine(['pvcontrol', 'cmd', 'reboot']);
  throw new RangeError(`pvcontrol has no command for ${path} ${text}`);
}
