/** `curl` as far as it is used to reach a unix socket: its options, its `-w` text, its exit codes. */
import { bytesOf, nothing, type Reply, Unreachable } from '../exchange.ts';
import { type CurlCall, readCurlArguments } from './curl-arguments.ts';
import { type Program, type ProgramContext, textOf } from './program.ts';

/** What curl has sent when the other side closes early; a smaller upload went through by then. */
const SENT_BEFORE_PIPE_BREAKS = 48 * 1024;

class CurlFailure extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export const curl: Program = async (context) => {
  const call = readCurlArguments(context.args);
  let sent = 0;
  let reply: Reply | undefined;
  let code = 0;
  try {
    reply = await withinTime(context, call, (bytes) => {
      sent += bytes;
    });
    if (call.failOnError && reply.status >= 400) throw new CurlFailure(22, `The requested URL returned error: ${reply.status}`);
    if (call.include) await context.stdout(head(reply));
    await output(reply, context);
    if (reply.early && (await pipeBreaks(context))) throw new CurlFailure(55, 'Send failure: Broken pipe');
  } catch (error) {
    const failure = failureOf(error);
    code = failure.code;
    if (!call.silent || call.showErrors) await context.stderr(`curl: (${code}) ${failure.message}\n`);
  }
  if (call.writeOut !== undefined) await writeOut(call.writeOut, reply, sent, context);
  return code;
};

function failureOf(error: unknown): CurlFailure {
  if (error instanceof CurlFailure) return error;
  if (error instanceof Unreachable && error.how === 'refused') return connectFailure();
  if (error instanceof Unreachable) return new CurlFailure(56, 'Recv failure: Connection reset by peer');
  return new CurlFailure(52, 'Empty reply from server');
}

function connectFailure(): CurlFailure {
  return new CurlFailure(7, "Failed to connect to localhost port 80 after 0 ms: Couldn't connect to server");
}

async function withinTime(context: ProgramContext, call: CurlCall, sent: (bytes: number) => void): Promise<Reply> {
  if (call.socket !== context.landing.socket) throw connectFailure();
  const given = givenUp(call.maxSeconds, context.signal);
  given.catch(() => undefined);
  const { url, method, headers, body } = await request(context, call, sent, given);
  return Promise.race([context.control({ method, path: url, headers, body }), given]);
}

/** Rejects when the time is over (`-m`, real seconds), or when nobody waits any more. */
function givenUp(maxSeconds: number | undefined, signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const message = `Operation timed out after ${(maxSeconds ?? 0) * 1000} milliseconds with 0 bytes received`;
    const timer =
      maxSeconds === undefined ? undefined : setTimeout(() => reject(new CurlFailure(28, message)), maxSeconds * 1000);
    timer?.unref();
    const stop = (): void => {
      clearTimeout(timer);
      reject(new CurlFailure(42, 'Callback aborted'));
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

async function request(context: ProgramContext, call: CurlCall, sent: (bytes: number) => void, given: Promise<never>) {
  const url = call.url.replace(/^https?:\/\/[^/]*/, '') || '/';
  const headers: Record<string, string | undefined> = { host: 'localhost', ...call.headers };
  if (call.data !== undefined) {
    const text = call.data.startsWith('@') ? await textOf(inputFile(context, call.data.slice(1))) : call.data;
    const body = text === '' ? nothing() : bytesOf(text);
    return {
      url,
      method: call.method ?? 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(text)) },
      body,
    };
  }
  if (call.upload === undefined) return { url, method: call.method ?? 'GET', headers, body: nothing() };
  const declared = headers['content-length'] === undefined ? undefined : Number(headers['content-length']);
  if (declared === undefined) headers['transfer-encoding'] = 'chunked';
  const body = counted(inputFile(context, call.upload), declared, sent, given);
  return { url, method: call.method ?? 'PUT', headers, body };
}

/** Counts what is sent. Where less comes than was promised the server waits for the rest, until the request is given up. */
async function* counted(
  input: AsyncIterable<Uint8Array>,
  declared: number | undefined,
  sent: (bytes: number) => void,
  given: Promise<never>,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of input) {
    const rest = declared === undefined ? chunk.length : Math.min(chunk.length, declared - bytes);
    bytes += rest;
    sent(rest);
    if (rest > 0) yield chunk.subarray(0, rest);
    if (declared !== undefined && bytes >= declared) return;
  }
  if (declared !== undefined && bytes < declared) await given;
}

function inputFile(context: ProgramContext, path: string): AsyncIterable<Uint8Array> {
  if (path === '-' || path === '.') return context.stdin;
  const file = context.files.read(path);
  if (!file) throw new CurlFailure(26, `Failed to open ${path}`);
  return file;
}

async function output(reply: Reply, context: ProgramContext): Promise<void> {
  if (typeof reply.body === 'string') {
    if (reply.body !== '') await context.stdout(reply.body);
    return;
  }
  for await (const chunk of reply.body) {
    if (context.signal.aborted) return;
    await context.stdout(chunk);
  }
}

async function pipeBreaks(context: ProgramContext): Promise<boolean> {
  let bytes = 0;
  for await (const chunk of context.stdin) {
    bytes += chunk.length;
    if (bytes > SENT_BEFORE_PIPE_BREAKS) return true;
  }
  return false;
}

function head(reply: Reply): string {
  const length = typeof reply.body === 'string' ? { 'Content-Length': String(Buffer.byteLength(reply.body)) } : {};
  const lines = Object.entries({ ...reply.headers, ...length }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${reply.status} ${REASONS[reply.status] ?? 'Error'}\r\n${lines.join('')}\r\n`;
}

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  404: 'Not Found',
  422: 'Unprocessable Content',
};

async function writeOut(format: string, reply: Reply | undefined, sent: number, context: ProgramContext): Promise<void> {
  const type = reply ? (reply.headers['Content-Type'] ?? reply.headers['content-type'] ?? '') : '';
  const status = String(reply?.status ?? 0).padStart(3, '0');
  const values: Readonly<Record<string, string>> = {
    http_code: status,
    response_code: status,
    content_type: type,
    size_upload: String(sent),
    time_total: '0.001000',
  };
  const [toOut = '', toErr] = format.replaceAll('\\n', '\n').split('%{stderr}');
  const filled = (text: string): string => text.replace(/%\{([a-z_]+)\}/g, (_all, name: string) => values[name] ?? '');
  if (toOut !== '') await context.stdout(filled(toOut));
  if (toErr !== undefined) await context.stderr(filled(toErr));
}
