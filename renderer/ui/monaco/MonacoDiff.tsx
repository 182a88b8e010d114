import type { editor } from 'monaco-editor/editor';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { type DiffLook, useDiffOptions } from '../../stores/diffOptions.ts';
import { strings } from '../../strings/editor.ts';
import { type ChangedSpan, type ChangeWalk, spanFrom } from './changeWalk.ts';
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
  /** Which difference is shown when the texts come; the last one for somebody who goes backwards. */
  readonly startAt?: 'first' | 'last';
  /** The keys of the editor for the next and the previous difference were pressed in it. */
  readonly onStep?: (by: 1 | -1) => void;
  /** Hands out the way from one difference to the next. */
  readonly onWalk?: (walk: ChangeWalk | undefined) => void;
  /** How many differences the editor found. */
  readonly onCompared?: (differences: number) => void;
}

/** Shows two texts side by side, one below the other where there is no room. Neither can be edited. */
export function MonacoDiff(props: MonacoDiffProps) {
  const load = useMonaco();
  return <EditorFrame load={load}>{(monaco) => <Loaded monaco={monaco} {...props} />}</EditorFrame>;
}

function Loaded({ monaco, left, right, language, ...told }: MonacoDiffProps & { readonly monaco: Monaco }) {
  const host = useRef<HTMLDivElement>(null);
  const shown = useRef<editor.IStandaloneDiffEditor>(undefined);
  const { inline, wrap, ignoreWhitespace } = useDiffOptions();
  const latest = useRef(told);
  useLayoutEffect(() => {
    latest.current = told;
  });

  useEffect(() => {
    if (!host.current) return;
    const instance = monaco.editor.createDiffEditor(host.current, {
      ...commonOptions,
      readOnly: true,
      domReadOnly: true,
      originalEditable: false,
      useInlineViewWhenSpaceIsLimited: true,
      renderSideBySideInlineBreakpoint: 560,
      renderMarginRevertIcon: false,
      renderGutterMenu: false,
      renderOverviewRuler: false,
    });
    shown.current = instance;
    stepKeys(monaco, instance, (by) => latest.current.onStep?.(by));
    latest.current.onWalk?.({ step: (by) => step(instance, by) });
    return () => {
      latest.current.onWalk?.(undefined);
      instance.dispose();
      shown.current = undefined;
    };
  }, [monaco]);

  useEffect(() => {
    shown.current?.updateOptions(lookOptions({ inline, wrap, ignoreWhitespace }));
  }, [inline, wrap, ignoreWhitespace]);

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
    let placed = false;
    const listener = instance.onDidUpdateDiff(() => {
      for (const redraw of drawn) redraw();
      const spans = changedSpans(instance);
      latest.current.onCompared?.(spans.length);
      if (placed) return;
      placed = true;
      show(instance, latest.current.startAt === 'last' ? spans.at(-1) : spans[0]);
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

function lookOptions({ inline, wrap, ignoreWhitespace }: DiffLook): editor.IDiffEditorOptions {
  return { renderSideBySide: !inline, diffWordWrap: wrap ? 'on' : 'off', ignoreTrimWhitespace: ignoreWhitespace };
}

/** F7 and Alt+F5, with Shift backwards, as in VS Code: inside the editor it would take them for itself. */
function stepKeys({ KeyCode, KeyMod }: Monaco, instance: editor.IStandaloneDiffEditor, onStep: (by: 1 | -1) => void): void {
  const steps = [
    { by: 1, id: 'trailboss.nextChange', label: strings.nextChange, held: 0 },
    { by: -1, id: 'trailboss.previousChange', label: strings.previousChange, held: KeyMod.Shift },
  ] as const;
  for (const side of [instance.getOriginalEditor(), instance.getModifiedEditor()]) {
    for (const { by, id, label, held } of steps) {
      side.addAction({ id, label, keybindings: [held | KeyCode.F7, held | KeyMod.Alt | KeyCode.F5], run: () => onStep(by) });
    }
  }
}

function changedSpans(instance: editor.IStandaloneDiffEditor): readonly ChangedSpan[] {
  return (instance.getLineChanges() ?? []).map(({ modifiedStartLineNumber: start, modifiedEndLineNumber: end }) => {
    const line = Math.max(1, start);
    return { line, endLine: Math.max(line, end) };
  });
}

function step(instance: editor.IStandaloneDiffEditor, by: 1 | -1): boolean {
  const line = instance.getModifiedEditor().getPosition()?.lineNumber ?? 0;
  const span = spanFrom(changedSpans(instance), line, by);
  show(instance, span);
  return span !== undefined;
}

function show(instance: editor.IStandaloneDiffEditor, span: ChangedSpan | undefined): void {
  if (span === undefined) return;
  const side = instance.getModifiedEditor();
  side.setPosition({ lineNumber: span.line, column: 1 });
  side.revealLinesInCenterIfOutsideViewport(span.line, span.endLine);
}

/** Draws the marks and gives a function that draws them again when the editor has compared the texts anew. */
function draw(side: editor.ICodeEditor, marks: DiffMarks, spans: () => readonly ChangedSpan[]): () => void {
  const collection = side.createDecorationsCollection();
  const redraw = () => {
    const now = 'everyDifference' in marks ? spans().map((span) => ({ ...span, ...marks.everyDifference })) : marks;
    collection.set(decorationsOf(now, side.getModel()?.getLineCount() ?? 0));
  };
  redraw();
  return redraw;
}

function differences(instance: editor.IStandaloneDiffEditor, side: 'original' | 'modified'): readonly ChangedSpan[] {
  return (instance.getLineChanges() ?? [])
    .map((change) =>
      side === 'original'
        ? { line: change.originalStartLineNumber, endLine: change.originalEndLineNumber }
        : { line: change.modifiedStartLineNumber, endLine: change.modifiedEndLineNumber },
    )
    .filter((span) => span.endLine >= span.line);
}
