import { TrailbossError } from '../../shared/contract/errors.ts';
import { version } from '../version.ts';
import type { Answer, CommandInput } from './answer.ts';
import { readCommandLine, type StateCommand } from './command-line.ts';
import { exitCodes } from './exit-codes.ts';
import type { InputPorts } from './inputs.ts';
import { colours, noColours } from './paint.ts';
import { errorLine } from './problems.ts';
import { usageOf } from './usage.ts';

export interface ProgramPorts {
  readonly stdin: InputPorts['stdin'];
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** Whether standard output shows colours. */
  readonly colours: boolean;
  out(text: string): void;
  err(text: string): void;
}

/** Runs `trailboss` with its arguments, and gives its exit code. What it answers goes out, what went wrong to err, and nothing else. */
export async function runCommandLine(args: readonly string[], ports: ProgramPorts): Promise<number> {
  const line = readCommandLine(args);
  switch (line.kind) {
    case 'help':
      ports.out(`${usageOf(line.of)}\n`);
      return exitCodes.fine;
    case 'version':
      ports.out(`${version}\n`);
      return exitCodes.fine;
    case 'usage':
      ports.err(`trailboss: ${line.reason} See trailboss ${line.of === undefined ? '' : `${line.of} `}--help.\n`);
      return exitCodes.usage;
    case 'schema': {
      const { schemaText } = await import('./schema.ts');
      ports.out(`${schemaText(line.name)}\n`);
      return exitCodes.fine;
    }
    case 'command':
      return answered(line.command, line.states, line.options, ports);
  }
}

async function answered(
  command: StateCommand,
  states: readonly string[],
  options: CommandInput['options'],
  { stdin, signal, now, colours: coloured, out, err }: ProgramPorts,
): Promise<number> {
  try {
    const answer = await (await answerOf(command))({
      states,
      options,
      ports: { stdin, signal, timeoutMs: options.timeoutMs },
      now: now(),
    });
    const lines = options.json ? [JSON.stringify(answer.json, undefined, 2)] : answer.lines(coloured ? colours : noColours);
    out(`${lines.join('\n')}\n`);
    return answer.exitCode;
  } catch (error) {
    if (!(error instanceof TrailbossError)) throw error;
    err(`${errorLine(error)}\n`);
    return exitCodes.unreadable;
  }
}

/** Only what a command needs is loaded. */
async function answerOf(command: StateCommand): Promise<(input: CommandInput) => Promise<Answer>> {
  switch (command) {
    case 'forecast':
      return (await import('./forecast-command.ts')).forecastAnswer;
    case 'compare':
      return (await import('./compare-command.ts')).compareAnswer;
    case 'preflight':
      return (await import('./preflight-command.ts')).preflightAnswer;
    case 'sig ls':
      return (await import('./signatures-command.ts')).signaturesAnswer;
  }
}
