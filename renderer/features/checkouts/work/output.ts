export interface OutputLine {
  readonly from: 'stdout' | 'stderr';
  readonly text: string;
}

/** What a command said: its newest lines, and how many older ones are not kept. */
export interface Output {
  readonly lines: readonly OutputLine[];
  readonly dropped: number;
}

/** So many lines are kept of a command. */
export const mostLines = 5000;

/** The output with more lines at its end. A text with several lines is taken apart; an escape sequence that colours is no part of it. */
export function withLines(output: Output, more: readonly OutputLine[]): Output {
  if (more.length === 0) return output;
  const added = more.flatMap(({ from, text }) =>
    plain(text)
      .split('\n')
      .map((line) => ({ from, text: line })),
  );
  const all = [...output.lines, ...added];
  const over = Math.max(0, all.length - mostLines);
  return { lines: over === 0 ? all : all.slice(over), dropped: output.dropped + over };
}

/** What a terminal would show at the end: without colours, and of a line that was written over only what was written last. */
function plain(text: string): string {
  return text
    .replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
    .replace(/\r?\n$/, '')
    .replace(/\r\n/g, '\n')
    .replace(/[^\n]*\r/g, '');
}

export function outputText(output: Output): string {
  return output.lines.map(({ text }) => text).join('\n');
}
