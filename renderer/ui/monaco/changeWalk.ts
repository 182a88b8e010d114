/** Lines of the newer text that differ, from 1; where lines were only taken away, the line before which they stood. */
export interface ChangedSpan {
  readonly line: number;
  readonly endLine: number;
}

/** Goes from one difference to the next. */
export interface ChangeWalk {
  /** Shows the next (`1`) or the previous difference; false where there is none. */
  step(by: 1 | -1): boolean;
}

/** The span after (`1`) or before (`-1`) a line; undefined at the end. Spans are in the order of the text. */
export function spanFrom(spans: readonly ChangedSpan[], line: number, by: 1 | -1): ChangedSpan | undefined {
  return by === 1 ? spans.find((span) => span.line > line) : spans.findLast((span) => span.endLine < line);
}
