/** `sh` with its script on stdin: each line runs as soon as it is whole, as in a real shell. */
import { emptyInput, type ProgramContext } from './program.ts';
import { parseScript, ShellSyntaxError } from './shell-words.ts';

/** Whether a line asks the shell to end after it. */
const ENDS = /(?:^|[;&|]\s*)exit(?:\s+\d+)?\s*$/;

/** Runs a shell's stdin; ends with it, or at `exit`. What the script runs finds nothing on stdin. */
export async function runLines({ stdin, stdout, stderr, script, signal }: ProgramContext): Promise<number> {
  const streams = { stdin: emptyInput(), stdout, stderr };
  let code = 0;
  let rest = '';
  for await (const chunk of stdin) {
    rest += Buffer.from(chunk).toString('utf8');
    for (let end = wholeUntil(rest); end > 0; end = wholeUntil(rest)) {
      if (signal.aborted) return 143;
      const text = rest.slice(0, end);
      rest = rest.slice(end);
      code = await script(text, streams);
      if (ENDS.test(text.trimEnd())) return code;
    }
  }
  return rest.trim() === '' ? code : script(rest, streams);
}

/** How long the first piece is that ends with a line and can be run; 0 where none is there yet. */
function wholeUntil(text: string): number {
  for (let end = text.indexOf('\n') + 1; end > 0; end = text.indexOf('\n', end) + 1) if (isWhole(text.slice(0, end))) return end;
  return 0;
}

function isWhole(text: string): boolean {
  try {
    parseScript(text);
    return true;
  } catch (error) {
    if (error instanceof ShellSyntaxError) return !/unterminated|unexpected end/.test(error.message);
    throw error;
  }
}
