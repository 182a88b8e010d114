import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PvrCommand } from '../../../shared/contract/checkout.ts';
import { readAppSource } from '../../../shared/pvr/app-source.ts';
import type { PvrFolder } from '../pvr-folder.ts';
import type { Output, Progress, WorkDone } from '../work-news.ts';
import { pvrArguments, pvrCommandLine } from './pvr-arguments.ts';
import { endSentence, noPvr, tooSilent } from './pvr-end.ts';
import { findPvr, type ProgramPlaces, pvrEnvironment, pvrPath } from './pvr-program.ts';
import { runProgram } from './run-program.ts';

export interface PvrRunPorts {
  readonly places: ProgramPlaces;
  /** Milliseconds without output after which pvr is ended; making an image is silent for long. */
  readonly silence: { readonly images: number; readonly network: number };
}

export const usualSilence: PvrRunPorts['silence'] = { images: 20 * 60_000, network: 2 * 60_000 };

/** So many of the last lines are looked at for what went wrong. */
const linesKept = 50;

/**
 * Runs a command of the `pvr` on this computer in a checkout, with its output as it comes; nobody else writes there meanwhile. An exit code
 * other than 0 is an end like any other, with a sentence that says what it means. Throws NOT_FOUND where there is no pvr, BAD_INPUT for
 * arguments that it would take for something else, NOT_ANSWERING when it says nothing for too long.
 */
export async function runPvr(
  folder: Pick<PvrFolder, 'root' | 'exclusively'>,
  command: PvrCommand,
  ports: PvrRunPorts,
  news: { readonly tell: Progress; readonly output: Output; readonly signal: AbortSignal },
): Promise<WorkDone> {
  const args = pvrArguments(command);
  const path = await pvrPath(ports.places);
  if (path === undefined) throw noPvr((await findPvr(ports.places)).howTo);
  const line = pvrCommandLine(args);
  const silenceMs = (await asksNetwork(folder.root, command)) ? ports.silence.network : ports.silence.images;
  const work = async (): Promise<WorkDone> => {
    news.tell({ text: line });
    const last: string[] = [];
    const end = await runProgram(path, args, {
      cwd: folder.root,
      env: pvrEnvironment(ports.places),
      signal: news.signal,
      silenceMs,
      onLine(from, text) {
        last.push(text);
        if (last.length > linesKept) last.shift();
        news.output(from, text);
      },
      onOverwritten: (text) => news.tell({ text }),
    });
    if (end.silent) throw tooSilent(line, silenceMs);
    return { text: endSentence(line, end, last), ...(end.code !== undefined && { exitCode: end.code }) };
  };
  return folder.exclusively(work, news.signal);
}

/** Whether pvr speaks to another repository, which it does for ever where it is refused: such a command is never silent for long. */
async function asksNetwork(root: string, command: PvrCommand): Promise<boolean> {
  if (command.kind === 'app-add') return command.type === 'pvr';
  if (command.kind !== 'app-update' && command.kind !== 'app-install') return false;
  try {
    const reading = readAppSource(await readFile(join(root, command.name, 'src.json'), 'utf8'));
    return reading.ok && reading.source.kind === 'pvr';
  } catch {
    return false;
  }
}
