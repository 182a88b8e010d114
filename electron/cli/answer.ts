import type { CommandOptions } from './command-line.ts';
import { type Input, type InputPorts, readInput } from './inputs.ts';
import type { Paint } from './paint.ts';

/** What a command came to: its exit code, and what it prints in either form. */
export interface Answer {
  readonly exitCode: number;
  readonly json: object;
  lines(paint: Paint): readonly string[];
}

export interface CommandInput {
  readonly states: readonly string[];
  readonly options: CommandOptions;
  readonly ports: InputPorts;
  /** Now, in milliseconds: certificates have an end. */
  readonly now: number;
}

/** Reads states one after the other, as they were named. */
export async function readAll(names: readonly string[], ports: InputPorts): Promise<readonly Input[]> {
  const inputs: Input[] = [];
  for (const argument of names) inputs.push(await readInput(argument, ports));
  return inputs;
}
