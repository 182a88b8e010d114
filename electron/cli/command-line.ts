import { parseArgs } from 'node:util';
import { type Condition, conditions } from './exit-codes.ts';

export type StateCommand = 'forecast' | 'compare' | 'preflight' | 'sig ls';
export const schemaNames = ['forecast', 'compare', 'preflight', 'sig-ls', 'facts'] as const;
export type SchemaName = (typeof schemaNames)[number];

export interface CommandOptions {
  readonly json: boolean;
  readonly failOn: ReadonlySet<Condition>;
  /** Milliseconds for everything that is read from a device. */
  readonly timeoutMs: number;
  /** Arguments like the states themselves, oldest first. */
  readonly sinceBoot: readonly string[];
  readonly running: string | undefined;
  readonly device: string | undefined;
  readonly facts: string | undefined;
  readonly roots: readonly string[];
  readonly publicKeys: readonly string[];
}

export type CommandLine =
  | { readonly kind: 'help'; readonly of: StateCommand | 'schema' | undefined }
  | { readonly kind: 'version' }
  | { readonly kind: 'schema'; readonly name: SchemaName }
  | {
      readonly kind: 'command';
      readonly command: StateCommand;
      readonly states: readonly string[];
      readonly options: CommandOptions;
    }
  /** `reason` is a sentence. */
  | { readonly kind: 'usage'; readonly reason: string; readonly of: StateCommand | undefined };

interface Shape {
  /** Names of the arguments, in order. */
  readonly takes: readonly string[];
  /** More arguments than those may follow. */
  readonly more: boolean;
  readonly options: readonly string[];
  readonly conditions: readonly Condition[];
  readonly usually: readonly Condition[];
}

const onStates = ['json', 'fail-on', 'timeout', 'help'];

export const shapes: Readonly<Record<StateCommand, Shape>> = {
  forecast: {
    takes: ['RUNNING', 'NEXT'],
    more: false,
    options: [...onStates, 'since-boot'],
    conditions: ['reboot', 'refused'],
    usually: ['reboot', 'refused'],
  },
  compare: { takes: ['A', 'B'], more: false, options: onStates, conditions: ['changes'], usually: [] },
  preflight: {
    takes: ['NEXT'],
    more: false,
    options: [...onStates, 'since-boot', 'running', 'device', 'facts', 'cacerts', 'pubkey'],
    conditions: ['fails', 'reboot', 'refused'],
    usually: ['refused'],
  },
  'sig ls': {
    takes: ['STATE'],
    more: true,
    options: [...onStates, 'cacerts', 'pubkey'],
    conditions: ['unsigned', 'refused'],
    usually: ['refused'],
  },
};

const known = {
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  'fail-on': { type: 'string', multiple: true },
  timeout: { type: 'string' },
  'since-boot': { type: 'string', multiple: true },
  running: { type: 'string' },
  device: { type: 'string' },
  facts: { type: 'string' },
  cacerts: { type: 'string', multiple: true },
  pubkey: { type: 'string', multiple: true },
} as const;

type Values = ReturnType<typeof parsed>['values'];

/** Reads the command line. Never throws. @param args without the program's own name */
export function readCommandLine(args: readonly string[]): CommandLine {
  let read: ReturnType<typeof parsed>;
  try {
    read = parsed(args);
  } catch (error) {
    return usage(sentence(error));
  }
  const { values, positionals } = read;
  const [first, second] = positionals;
  const command = commandOf(first, second);
  if (values.help === true || (first === undefined && values.version !== true) || first === 'help') {
    const asked = first === 'help' ? commandOf(second, positionals[2]) : command;
    return { kind: 'help', of: first === 'schema' || (first === 'help' && second === 'schema') ? 'schema' : asked };
  }
  if (values.version === true) return { kind: 'version' };
  if (first === 'schema') return schema(positionals.slice(1));
  if (command === undefined) {
    return usage(
      first === 'sig' ? `"sig" is followed by "ls", not by ${shown(second)}.` : `There is no command ${shown(first)}.`,
    );
  }
  return withOptions(command, positionals.slice(command.split(' ').length), values);
}

function parsed(args: readonly string[]) {
  return parseArgs({ args: [...args], options: known, strict: true, allowPositionals: true });
}

function commandOf(first: string | undefined, second: string | undefined): StateCommand | undefined {
  if (first === 'sig') return second === 'ls' ? 'sig ls' : undefined;
  return first === 'forecast' || first === 'compare' || first === 'preflight' ? first : undefined;
}

function schema(names: readonly string[]): CommandLine {
  const [name, ...more] = names;
  const found = schemaNames.find((candidate) => candidate === name);
  if (found === undefined || more.length > 0) return usage(`trailboss schema takes one of ${schemaNames.join(', ')}.`);
  return { kind: 'schema', name: found };
}

function withOptions(command: StateCommand, states: readonly string[], values: Values): CommandLine {
  const shape = shapes[command];
  const foreign = Object.keys(values).find((name) => !shape.options.includes(name));
  if (foreign !== undefined) return usage(`trailboss ${command} has no option --${foreign}.`, command);
  if (states.length < shape.takes.length || (!shape.more && states.length > shape.takes.length)) {
    return usage(`trailboss ${command} takes ${shape.takes.join(' and ')}${shape.more ? ', and names after it' : ''}.`, command);
  }
  if (states.includes('')) return usage('An argument is empty.', command);
  const failOn = failOnOf(shape, values['fail-on']);
  if (typeof failOn === 'string')
    return usage(`${failOn} trailboss ${command} knows ${[...shape.conditions, 'none'].join(', ')}.`, command);
  const timeout = values.timeout ?? '30';
  if (!/^\d{1,4}$/.test(timeout) || Number(timeout) === 0) {
    return usage(`--timeout takes a number of seconds from 1 to 9999, not ${shown(timeout)}.`, command);
  }
  const given = [values.running, values.device, values.facts].filter((value) => value !== undefined);
  if (values.device !== undefined && given.length > 1) {
    return usage('--device stands alone: what runs is asked of the device itself.', command);
  }
  const options: CommandOptions = {
    json: values.json === true,
    failOn,
    timeoutMs: Number(timeout) * 1000,
    sinceBoot: values['since-boot'] ?? [],
    running: values.running,
    device: values.device,
    facts: values.facts,
    roots: values.cacerts ?? [],
    publicKeys: values.pubkey ?? [],
  };
  const read = [...states.slice(0, shape.takes.length), ...options.sinceBoot, ...given];
  if (read.filter((argument) => argument === '-').length > 1)
    return usage('"-" can be given once: it is read to its end.', command);
  return { kind: 'command', command, states, options };
}

/** The conditions, or a sentence that says which one is none. */
function failOnOf(shape: Shape, lists: readonly string[] | undefined): ReadonlySet<Condition> | string {
  if (lists === undefined) return new Set(shape.usually);
  const names = lists.flatMap((list) => list.split(','));
  const found = new Set<Condition>();
  for (const name of names) {
    const condition = shape.conditions.find((candidate) => candidate === name);
    if (condition !== undefined) found.add(condition);
    else if (name !== 'none' || !conditions.every((candidate) => !names.includes(candidate))) {
      return `--fail-on does not take ${shown(name)} here.`;
    }
  }
  return found;
}

function usage(reason: string, of?: StateCommand): CommandLine {
  return { kind: 'usage', reason, of };
}

function shown(text: string | undefined): string {
  return text === undefined ? 'nothing' : JSON.stringify(text);
}

function sentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `${(message.split(/\. |\n/)[0] ?? message).replace(/\.$/, '')}.`;
}
