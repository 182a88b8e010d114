/** curl's command line, as far as it is used to reach a unix socket. */

export type CurlCall = {
  readonly url: string;
  readonly method?: string;
  readonly socket?: string;
  /** Names in lower case; a header that was taken out is undefined. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** A file, `-` for stdin. */
  readonly upload?: string;
  /** A text, or `@` and a file. */
  readonly data?: string;
  readonly writeOut?: string;
  readonly maxSeconds?: number;
  readonly silent: boolean;
  readonly showErrors: boolean;
  readonly failOnError: boolean;
  readonly include: boolean;
};

const NO_CALL: CurlCall = { url: '', headers: {}, silent: false, showErrors: false, failOnError: false, include: false };

/** Options with a value, and what they change. */
const WITH_VALUE: Readonly<Record<string, (call: CurlCall, value: string) => Partial<CurlCall>>> = {
  '--unix-socket': (_call, socket) => ({ socket }),
  '-X': (_call, method) => ({ method }),
  '-T': (_call, upload) => ({ upload }),
  '-d': (_call, data) => ({ data }),
  '-w': (_call, writeOut) => ({ writeOut }),
  '-m': (_call, seconds) => ({ maxSeconds: Number(seconds) }),
  '-H': (call, header) => ({ headers: { ...call.headers, ...headerOf(header) } }),
  '-o': () => ({}),
  '--connect-timeout': () => ({}),
};

const FLAGS: Readonly<Record<string, Partial<CurlCall>>> = {
  '-s': { silent: true },
  '-S': { showErrors: true },
  '-f': { failOnError: true },
  '-i': { include: true },
};

const LONG_NAMES: Readonly<Record<string, string>> = {
  '--request': '-X',
  '--upload-file': '-T',
  '--data': '-d',
  '--data-binary': '-d',
  '--data-raw': '-d',
  '--write-out': '-w',
  '--max-time': '-m',
  '--header': '-H',
  '--output': '-o',
  '--silent': '-s',
  '--show-error': '-S',
  '--fail': '-f',
  '--include': '-i',
};

/** `Name: value`, or `Name:` to take a header out. */
function headerOf(header: string): Readonly<Record<string, string | undefined>> {
  const colon = header.indexOf(':');
  const value = header.slice(colon + 1).trim();
  return { [header.slice(0, colon).toLowerCase()]: value === '' ? undefined : value };
}

/** Options that are not known are passed over. */
export function readCurlArguments(args: readonly string[]): CurlCall {
  const rest = args.flatMap(separated);
  let call = NO_CALL;
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const name = LONG_NAMES[arg] ?? arg;
    const withValue = WITH_VALUE[name];
    if (withValue) call = { ...call, ...withValue(call, rest.shift() ?? '') };
    else if (!name.startsWith('-') || name === '-') call = { ...call, url: name };
    else call = { ...call, ...FLAGS[name] };
  }
  return call;
}

/** `-sSf` is three options, `-XPUT` an option and its value. */
function separated(arg: string): readonly string[] {
  if (!/^-[A-Za-z].+/.test(arg)) return [arg];
  const name = arg.slice(0, 2);
  if (name in WITH_VALUE) return [name, arg.slice(2)];
  return [name, ...separated(`-${arg.slice(2)}`)];
}
