/// The trimmed editor: loaded only by `loadMonaco`, so that the first screen never waits for it.
import { editor, KeyCode, KeyMod, MarkerSeverity, Range, Uri } from 'monaco-editor/editor';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import 'monaco-editor/features/register.all';
import JsonWorker from 'monaco-editor/language/json/json.worker?worker';
import 'monaco-editor/languages/definitions/shell/register';
import 'monaco-editor/languages/definitions/yaml/register';
import { jsonDefaults } from 'monaco-editor/languages/features/json/register';
import { followTheme, themeName } from './theme.ts';

self.MonacoEnvironment = {
  getWorker: (_id: string, label: string) => (label === 'json' ? new JsonWorker() : new EditorWorker()),
};

followTheme((theme) => {
  editor.defineTheme(themeName, theme);
  editor.setTheme(themeName);
});

export { editor, jsonDefaults, KeyCode, KeyMod, MarkerSeverity, Range, Uri };
