import type { editor } from 'monaco-editor/editor';
import styles from './monaco.module.css';

/** Lines to mark in the gutter, from 1, both inclusive. `policy` is a flip of the restart policy, the sharpest kind of `reboot`. */
export interface LineMark {
  readonly line: number;
  readonly endLine: number;
  readonly kind: 'reboot' | 'policy';
  /** The rule, shown on hover. */
  readonly hover: string;
}

const names: Record<LineMark['kind'], { readonly glyph: string | undefined; readonly line: string | undefined }> = {
  reboot: { glyph: styles.glyphReboot, line: styles.lineReboot },
  policy: { glyph: styles.glyphPolicy, line: styles.linePolicy },
};

/** Turns marks into decorations of the editor: an icon at the first line, a bar beside all. Lines beyond the last are dropped. */
export function decorationsOf(marks: readonly LineMark[], lineCount: number): editor.IModelDeltaDecoration[] {
  return marks
    .filter((mark) => mark.line >= 1 && mark.line <= lineCount)
    .flatMap((mark) => [
      {
        range: lines(mark.line, mark.line),
        options: {
          glyphMarginClassName: names[mark.kind].glyph ?? null,
          glyphMarginHoverMessage: { value: mark.hover },
          lineNumberHoverMessage: { value: mark.hover },
        },
      },
      {
        range: lines(mark.line, Math.min(mark.endLine, lineCount)),
        options: { isWholeLine: true, marginClassName: names[mark.kind].line ?? null },
      },
    ]);
}

function lines(first: number, last: number) {
  return { startLineNumber: first, startColumn: 1, endLineNumber: Math.max(first, last), endColumn: 1 };
}
