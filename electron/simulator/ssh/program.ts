/** What a program of the simulated device gets, and gives: its exit code. */
import type { Handler } from '../exchange.ts';
import type { DeviceFiles } from './files.ts';

export type Streams = {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: (bytes: string | Uint8Array) => Promise<void>;
  readonly stderr: (bytes: string | Uint8Array) => Promise<void>;
};

/** Where an SSH login lands: the host, or one container. */
export type Landing = {
  readonly place: 'host' | 'container';
  readonly name: string;
  /** The path of the control socket there. */
  readonly socket: string;
};

export type ProgramContext = Streams & {
  /** Without the program's name. */
  readonly args: readonly string[];
  readonly variables: ReadonlyMap<string, string>;
  readonly landing: Landing;
  readonly files: DeviceFiles;
  /** Where a person sits before it: the size of the screen, and the folder that relative paths begin at. */
  readonly terminal?: {
    size(): { readonly columns: number; readonly rows: number };
    readonly place: { folder: string };
  };
  readonly control: Handler;
  /** Aborted when whoever asked is gone, or does not read any more. */
  readonly signal: AbortSignal;
  /** Waits for some device seconds. */
  readonly sleep: (seconds: number) => Promise<void>;
  /** Runs a script with other streams, as `sh` does. */
  readonly script: (text: string, streams: Streams) => Promise<number>;
};

export type Program = (context: ProgramContext) => Promise<number>;

export async function* emptyInput(): AsyncGenerator<Uint8Array> {}

export async function textOf(input: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
