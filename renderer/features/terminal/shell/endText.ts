import type { KnownProblem } from '../../../../shared/contract/errors.ts';
import { strings } from '../../../strings/terminal.ts';

export interface ShellEnd {
  /** An instant. */
  readonly at: number;
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
  readonly problem?: KnownProblem | undefined;
}

/** How a shell ended, as a sentence. */
export function endSentence({ exitCode, signal, problem }: Omit<ShellEnd, 'at'>): string {
  if (problem !== undefined) return problem.what;
  if (signal !== undefined) return strings.endedBy(signal);
  return exitCode === undefined ? strings.endedPlain : strings.endedWith(exitCode);
}

const dim = '\u001b[0;90m';
const plain = '\u001b[0m';
const startOfLine = '\r\n';
/** What a program may have left behind: the mouse, bracketed paste, a hidden cursor, keys for applications. */
const asAtTheStart = '\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?1006l\u001b[?2004l\u001b[?1l\u001b[?25h\u001b>';

/** Back from the screen of its own that a program had; from the usual one it would take the cursor to where that was once. */
const backToText = '\u001b[?1049l';

/** The same in the terminal itself, where the eye is, and that Enter opens it again. `inProgram`: a program had the whole screen. */
export function endText(end: Omit<ShellEnd, 'at'>, inProgram: boolean): string {
  return `${inProgram ? backToText : ''}${asAtTheStart}${startOfLine}${dim}${endSentence(end)} ${strings.again}${plain}${startOfLine}`;
}

/** Whether it ended because the device went away, so that it is worth opening again when that answers. */
export function wentAway(end: ShellEnd | undefined): boolean {
  const code = end?.problem?.code;
  return code === 'NOT_ANSWERING' || code === 'UNREACHABLE';
}
