import type { editor } from 'monaco-editor/editor';
import { themeName } from './theme.ts';

/** What every editor of the program has in common. Sizes in CSS pixels. */
export const commonOptions = {
  theme: themeName,
  automaticLayout: true,
  fontSize: 12,
  lineHeight: 18,
  fontLigatures: false,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  glyphMargin: true,
  lineNumbersMinChars: 3,
  folding: true,
  renderLineHighlight: 'line',
  overviewRulerBorder: false,
  hideCursorInOverviewRuler: true,
  stickyScroll: { enabled: false },
  smoothScrolling: false,
  cursorBlinking: 'solid',
  fixedOverflowWidgets: true,
  tabSize: 2,
  wordWrap: 'on',
  padding: { top: 6, bottom: 6 },
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
} satisfies editor.IEditorOptions & editor.IGlobalEditorOptions & { tabSize: number };

/** Beyond this many lines the unchanged stretches of a diff are folded away. */
export const foldUnchangedAbove = 200;
