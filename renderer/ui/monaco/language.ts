/** The languages that the trimmed editor knows. */
export type EditorLanguage = 'json' | 'yaml' | 'shell' | 'plaintext';

const byEnding: ReadonlyArray<readonly [RegExp, EditorLanguage]> = [
  [/\.json$/i, 'json'],
  [/\.ya?ml$/i, 'yaml'],
  [/\.(sh|bash|conf|cfg|ini|env|service)$/i, 'shell'],
];

/** The language to colour a file with, by its key in the state. A file without a known ending may still be a script (`#!`). */
export function languageOf(key: string, text = ''): EditorLanguage {
  const known = byEnding.find(([ending]) => ending.test(key));
  if (known) return known[1];
  return text.startsWith('#!') ? 'shell' : 'plaintext';
}
