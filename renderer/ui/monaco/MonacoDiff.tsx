import type { editor } from 'monaco-editor/editor';
import { useEffect, useRef } from 'react';
import { EditorFrame } from './EditorFrame.tsx';
import type { EditorLanguage } from './language.ts';
import { type Monaco, useMonaco } from './load.ts';
import { decorationsOf, type LineMark } from './marks.ts';
import styles from './monaco.module.css';
import { commonOptions, foldUnchangedAbove } from './options.ts';

/** The lines that differ are known to the editor alone where a text is no JSON: then it marks all of them. */
export type DiffMarks = readonly LineMark[] | { readonly everyDifference: Pick<LineMark, 'kind' | 'hover'> };

export interface DiffSide {
  readonly text: string;
  readonly label: string;
  readonly marks: DiffMarks;
}

export interface MonacoDiffProps {
  readonly left: DiffSide;
  readonly right: DiffSide;
  readonly language: EditorLanguage;
}

/** Shows two texts side by side, one below the other where there is no room. Neither can be edited. */
export function MonacoDiff(props: MonacoDiffProps) {
  const load = useMonaco();
  return <EditorFrame load={load}>{(monaco) => <Loaded monaco={monaco} {...props} />}</EditorFrame>;
}

function Loaded({ monaco, left, right, language }: MonacoDiffProps & { readonly monaco: Monaco }) {
  const host = useRef<HTMLDivElement>(null);
  const shown = useRef<editor.IStandaloneDiffEditor>(undefined);

  useEffect(() => {
    if (!host.current) return;
    const instance = monaco.editor.createDiffEditor(host.current, {
      ...commonOptions,
      readOnly: true,
      domReadOnly: true,
      originalEditable: false,
      renderSideBySide: true,
      useInlineViewWhenSpaceIsLimited: true,
      renderSideBySideInlineBreakpoint: 560,
      renderMarginRevertIcon: false,
      renderGutterMenu: false,
      renderOverviewRuler: false,
      ignoreTrimWhitespace: false,
      diffWordWrap: 'on',
    });
    shown.current = instance;
    return () => {
      instance.dispose();
      shown.current = undefined;
    };
  }, [monaco]);

  useEffect(() => {
    const instance = shown.current;
    if (!instance) return;
    const original = monaco.editor.createModel(left.text, language);
    const modified = monaco.editor.createModel(right.text, language);
    const lines = Math.max(original.getLineCount(), modified.getLineCount());
    instance.updateOptions({ hideUnchangedRegions: { enabled: lines > foldUnchangedAbove } });
    instance.getOriginalEditor().updateOptions({ ariaLabel: left.label });
    instance.getModifiedEditor().updateOptions({ ariaLabel: right.label });
    instance.setModel({ original, modified });
    const drawn = [
      draw(instance.getOriginalEditor(), left.marks, () => differences(instance, 'original')),
      draw(instance.getModifiedEditor(), right.marks, () => differences(instance, 'modified')),
    ];
    const listener = instance.onDidUpdateDiff(() => {
      for (const redraw of drawn) redraw();
    });
    return () => {
      listener.dispose();
      if (shown.current === instance) instance.setModel(null);
      original.dispose();
      modified.dispose();
    };
  }, [monaco, left, right, language]);

  return <div ref={host} className={styles.host} />;
}

interface LineSpan {
  readonly line: number;
  readonly endLine: number;
}

/** Draws the marks and gives a function that draws them again when the editor has compared the texts anew. */
function draw(side: editor.ICodeEditor, marks: DiffMarks, spans: () => readonly LineSpan[]): () => void {
  const collection = side.createDecorationsCollection();
  const redraw = () => {
    const now = 'everyDifference' in marks ? spans().map((span) => ({ ...span, ...marks.everyDifference })) : marks;
    collection.set(decorationsOf(now, side.getModel()?.getLineCount() ?? 0));
  };
  redraw();
  return redraw;
}

function differences(instance: editor.IStandaloneDiffEditor, side: 'original' | 'modified'): readonly LineSpan[] {
  return (instance.getLineChanges() ?? [])
    .map((change) =>
      side === 'original'
        ? { line: change.originalStartLineNumber, endLine: change.originalEndLineNumber }
        : { line: change.modifiedStartLineNumber, endLine: change.modifiedEndLineNumber },
    )
    .filter((span) => span.endLine >= span.line);
}
