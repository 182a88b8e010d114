/** `pvcontrol`: the device's own command around the control socket (tools/pvcontrol). */
import { bytesOf, nothing, type Reply, Unreachable } from '../exchange.ts';
import type { Program, ProgramContext } from './program.ts';

type Ask = {
  readonly method: string;
  readonly path: string;
  readonly data?: string;
  readonly file?: string;
  readonly raw?: true;
};

const USAGE =
  'Usage: pvcontrol [options] <ls|containers|groups|signal|cmd|usrmeta|devmeta|buildinfo|objects|steps|conf|graph|daemons|storage> [arguments]\n';

/** Exit codes by what the device said; everything else is 255. */
const EXIT_CODES: Readonly<Record<string, number>> = {
  '{"Error":"Not enough disk space available"}': 48,
  '{"Error":"Object has bad checksum"}': 60,
  '{"Error":"State verification has failed"}': 70,
};

export const pvcontrol: Program = async (context) => {
  const { args, message } = withoutOptions(context.args);
  const ask = askOf(args);
  if (!ask) {
    await context.stdout(USAGE);
    return 1;
  }
  try {
    const reply = await send(context, ask);
    const code = await show(context, ask, reply);
    if (code === 0 && message !== '' && args[0] === 'steps' && args[1] === 'put') {
      await send(context, { method: 'PUT', path: `${ask.path}/commitmsg`, data: message });
    }
    return code;
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    await context.stderr('ERROR: got no response\n');
    return 1;
  }
};

function withoutOptions(all: readonly string[]): { readonly args: readonly string[]; readonly message: string } {
  const args = [...all];
  let message = '';
  for (let option = args[0]; option?.startsWith('-'); option = args[0]) {
    args.shift();
    if (option === '-m') message = args.shift() ?? '';
    if (option === '-s' || option === '-f') args.shift();
  }
  return { args, message };
}

const get = (path: string): Ask => ({ method: 'GET', path });
const command = (op: string, payload = ''): Ask => ({ method: 'POST', path: '/commands', data: JSON.stringify({ op, payload }) });
const action = (path: string, what: string): Ask => ({ method: 'PUT', path, data: JSON.stringify({ action: what }) });

function askOf([area = '', verb = '', first = '', second = '']: readonly string[]): Ask | undefined {
  const listing = verb === 'ls' || verb === 'list';
  switch (area) {
    case 'ls':
    case 'list':
      return verb === '' ? get('/containers') : undefined;
    case 'containers':
      if (listing) return get('/containers');
      return ['start', 'stop', 'restart'].includes(verb) && first !== '' ? action(`/containers/${first}`, verb) : undefined;
    case 'daemons':
      if (listing) return get('/daemons');
      return ['start', 'stop', 'restart'].includes(verb) && first !== '' ? action(`/daemons/${first}`, verb) : undefined;
    case 'groups':
      return verb === 'ls' ? get('/groups') : undefined;
    case 'graph':
      return listing ? get('/xconnect-graph') : undefined;
    case 'config':
      return listing ? get('/config') : undefined;
    case 'conf':
    case 'configuration':
      return listing ? get('/config2') : undefined;
    case 'buildinfo':
      return verb === '' ? get('/buildinfo') : undefined;
    case 'storage':
      return verb === 'gc' ? { method: 'POST', path: '/storage/gc' } : undefined;
    case 'cmd':
    case 'command':
    case 'commands':
      return commandOf(verb, first);
    case 'devmeta':
      return metadataAsk('/device-meta', verb, first, second);
    case 'usrmeta':
      return metadataAsk('/user-meta', verb, first, second);
    case 'objects':
      return objectsAsk(verb, first, second);
    case 'steps':
      return stepsAsk(verb, first, second);
    default:
      return undefined;
  }
}

const PLAIN_COMMANDS: Readonly<Record<string, string>> = {
  reboot: 'REBOOT_DEVICE',
  poweroff: 'POWEROFF_DEVICE',
  'make-factory': 'MAKE_FACTORY',
  'run-gc': 'RUN_GC',
  'enable-ssh': 'ENABLE_SSH',
  'disable-ssh': 'DISABLE_SSH',
  'go-remote': 'GO_REMOTE',
  unclaim: 'UNCLAIM',
};

function commandOf(verb: string, argument: string): Ask | undefined {
  if (verb === 'run') return argument === '' ? undefined : command('LOCAL_RUN', argument);
  if (verb === 'run-commit') return argument === '' ? undefined : command('LOCAL_RUN_COMMIT', argument);
  if (verb === 'defer-reboot') return argument === '' ? undefined : command('DEFER_REBOOT', argument);
  const op = PLAIN_COMMANDS[verb];
  return op === undefined ? undefined : command(op, argument);
}

function metadataAsk(path: string, verb: string, key: string, value: string): Ask | undefined {
  if (verb === 'ls' || verb === 'list') return get(path);
  if (key === '') return undefined;
  if (verb === 'save') return { method: 'PUT', path: `${path}/${key}`, data: value };
  return verb === 'delete' ? { method: 'DELETE', path: `${path}/${key}` } : undefined;
}

function objectsAsk(verb: string, first: string, second: string): Ask | undefined {
  if (verb === 'ls' || verb === 'list') return get('/objects');
  if (verb === 'get' && first !== '') return { ...get(`/objects/${first}`), raw: true };
  return verb === 'put' && second !== '' ? { method: 'PUT', path: `/objects/${second}`, file: first } : undefined;
}

function stepsAsk(verb: string, first: string, second: string): Ask | undefined {
  if (verb === 'ls' || verb === 'list') return get('/steps');
  if (first === '') return undefined;
  if (verb === 'get') return get(`/steps/${first}`);
  if (verb === 'show-progress') return get(`/steps/${first}/progress`);
  return verb === 'put' && second !== '' ? { method: 'PUT', path: `/steps/${second}`, file: first } : undefined;
}

function send(context: ProgramContext, ask: Ask): Promise<Reply> {
  return context.control({ method: ask.method, path: ask.path, headers: {}, body: bodyOf(context, ask) });
}

/** A file `-`, or `-<size>`, is what comes in on stdin. */
function bodyOf(context: ProgramContext, ask: Ask): AsyncIterable<Uint8Array> {
  if (ask.file?.startsWith('-')) return context.stdin;
  if (ask.file !== undefined) return context.files.read(ask.file) ?? nothing();
  return ask.data === undefined || ask.data === '' ? nothing() : bytesOf(ask.data);
}

async function show(context: ProgramContext, ask: Ask, reply: Reply): Promise<number> {
  if (typeof reply.body !== 'string') {
    for await (const chunk of reply.body) await context.stdout(chunk);
    return 0;
  }
  if (ask.raw || reply.status === 200) {
    await context.stdout(ask.raw ? reply.body : `${reply.body}\n`);
    return 0;
  }
  await context.stderr(`${reply.body}\n`);
  return EXIT_CODES[reply.body] ?? (reply.status === 503 ? 75 : 255);
}
