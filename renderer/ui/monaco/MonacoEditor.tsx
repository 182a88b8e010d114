import type { editor } from 'monaco-editor/editor';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { EditorFrame } from './EditorFrame.tsx';
import type { EditorLanguage } from './language.ts';
import { type Monaco, useMonaco } from './load.ts';
import { decorationsOf, type LineMark } from './marks.ts';
import styles from './monaco.module.css';
import { commonOptions } from './options.ts';

/** A remark of the editor about the document: a syntax error, or something that its schema does not allow. */
export interface EditorRemark {
  readonly severity: 'error' | 'warning';
  readonly line: number;
  readonly text: string;
}

export interface MonacoEditorProps {
  /** Names the document, and by its name its schema; another path starts another document with its own undo history. */
  readonly path: string;
  readonly text: string;
  readonly language: EditorLanguage;
  /** What the editor is called for a screen reader. */
  readonly label: string;
  readonly readOnly?: boolean;
  readonly marks?: readonly LineMark[];
  /** Remarks of others than the editor, underlined like its own; they are not reported back. */
  readonly notes?: readonly EditorRemark[];
  /** A line to show; another object shows it again. */
  readonly reveal?: { readonly line: number } | undefined;
  readonly onChange?: (text: string) => void;
  readonly onBlur?: () => void;
  readonly onRemarks?: (remarks: readonly EditorRemark[]) => void;
}

const noMarks: readonly LineMark[] = [];
const noNotes: readonly EditorRemark[] = [];
/** Under this name the editor keeps the notes. */
const notesOwner = 'trailboss';

/** Edits one document. Text that comes from outside replaces what is shown; typing is reported through `onChange`. */
export function MonacoEditor(props: MonacoEditorProps) {
  const load = useMonaco();
  return <EditorFrame load={load}>{(monaco) => <Loaded key={props.path} monaco={monaco} {...props} />}</EditorFrame>;
}

function Loaded({
  monaco,
  path,
  text,
  language,
  label,
  readOnly = false,
  marks = noMarks,
  notes = noNotes,
  reveal,
  ...handlers
}: MonacoEditorProps & { readonly monaco: Monaco }) {
  const host = useRef<HTMLDivElement>(null);
  const shown = useRef<editor.IStandaloneCodeEditor>(undefined);
  const decorations = useRef<editor.IEditorDecorationsCollection>(undefined);
  const latest = useRef(handlers);
  const fromOutside = useRef(false);
  useLayoutEffect(() => {
    latest.current = handlers;
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the other props are applied by the effects below
  useEffect(() => {
    if (!host.current) return;
    const uri = monaco.Uri.parse(path);
    monaco.editor.getModel(uri)?.dispose();
    const model = monaco.editor.createModel(text, language, uri);
    const instance = monaco.editor.create(host.current, {
      ...commonOptions,
      model,
      readOnly,
      ariaLabel: label,
      domReadOnly: readOnly,
    });
    shown.current = instance;
    decorations.current = instance.createDecorationsCollection(decorationsOf(marks, model.getLineCount()));
    const listeners = [
      model.onDidChangeContent(() => {
        if (!fromOutside.current) latest.current.onChange?.(model.getValue());
      }),
      instance.onDidBlurEditorText(() => latest.current.onBlur?.()),
      monaco.editor.onDidChangeMarkers((changed) => {
        if (changed.some((one) => one.toString() === uri.toString())) latest.current.onRemarks?.(remarksOf(monaco, model));
      }),
    ];
    return () => {
      for (const listener of listeners) listener.dispose();
      instance.dispose();
      model.dispose();
      shown.current = undefined;
    };
  }, [monaco, path]);

  useLayoutEffect(() => {
    const model = shown.current?.getModel();
    if (!model || model.getValue() === text) return;
    fromOutside.current = true;
    model.setValue(text);
    fromOutside.current = false;
  }, [text]);

  useEffect(() => {
    shown.current?.updateOptions({ readOnly, domReadOnly: readOnly, ariaLabel: label });
  }, [readOnly, label]);

  useEffect(() => {
    const lines = shown.current?.getModel()?.getLineCount() ?? 0;
    decorations.current?.set(decorationsOf(marks, lines));
  }, [marks]);

  useEffect(() => {
    const model = shown.current?.getModel();
    if (model) monaco.editor.setModelMarkers(model, notesOwner, markersOf(monaco, model, notes));
  }, [monaco, notes]);

  useEffect(() => {
    const instance = shown.current;
    const lines = instance?.getModel()?.getLineCount() ?? 0;
    if (!instance || reveal === undefined || reveal.line > lines) return;
    instance.setPosition({ lineNumber: reveal.line, column: 1 });
    instance.revealLineInCenterIfOutsideViewport(reveal.line);
    instance.focus();
  }, [reveal]);

  return <div ref={host} className={styles.host} />;
}

function markersOf(monaco: Monaco, model: editor.ITextModel, notes: readonly EditorRemark[]): editor.IMarkerData[] {
  return notes
    .filter(({ line }) => line <= model.getLineCount())
    .map(({ severity, line, text }) => ({
      severity: severity === 'error' ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
      startLineNumber: line,
      startColumn: model.getLineFirstNonWhitespaceColumn(line),
      endLineNumber: line,
      endColumn: model.getLineMaxColumn(line),
      message: text,
    }));
}

function remarksOf(monaco: Monaco, model: editor.ITextModel): readonly EditorRemark[] {
  const markers = monaco.editor.getModelMarkers({ resource: model.uri }).filter(({ owner }) => owner !== notesOwner);
  return markers.map((marker) => ({
    severity: marker.severity === monaco.MarkerSeverity.Error ? 'error' : 'warning',
    line: marker.startLineNumber,
    text: marker.message,
  }));
}
