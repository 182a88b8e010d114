/** The line that a parser's message names, from 1; undefined where it names none. */
export function lineOfProblem(text: string): number | undefined {
  const found = /\bline (\d{1,9})\b/i.exec(text)?.[1];
  return found === undefined ? undefined : Math.max(1, Number(found));
}
