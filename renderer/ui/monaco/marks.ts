import type { editor } from 'monaco-editor/editor';
import styles from './monaco.module.css';

/** A line to mark in the gutter, counted from 1. `policy` is a flip of the restart policy, the sharpest kind of `reboot`. */
export interface LineMark {
  readonly line: number;
  readonly kind: 'reboot' | 'policy';
  /** The rule, shown on hover. */
  readonly hover: string;
}

const names: Record<LineMark['kind'], { readonly glyph: string | undefined; readonly line: string | undefined }> = {
  reboot: { glyph: styles.glyphReboot, line: styles.lineReboot },
  policy: { glyph: styles.glyphPolicy, line: styles.linePolicy },
};

/** Turns marks into decorations of the editor; marks beyond the last line are dropped. */
export function decorationsOf(marks: readonly LineMark[], lineCount: number): editor.IModelDeltaDecoration[] {
  return marks
    .filter((mark) => mark.line >= 1 && mark.line <= lineCount)
    .map((mark) => ({
      range: { startLineNumber: mark.line, startColumn: 1, endLineNumber: mark.line, endColumn: 1 },
      options: {
        isWholeLine: true,
        glyphMarginClassName: names[mark.kind].glyph ?? null,
        linesDecorationsClassName: names[mark.kind].line ?? null,
        glyphMarginHoverMessage: { value: mark.hover },
        hoverMessage: mark.kind === 'policy' ? { value: mark.hover } : null,
      },
    }));
}
