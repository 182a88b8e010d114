/** A sentence or a label of several words: it begins with a capital, and goes on with words. Names of things have no second word. */
const sentence = /^[A-Z][a-z’']+(?: [\w’'(][\w’'“”()-]*)+[.…?!,;:]?/;

/** Texts that look like ours and are the device's, the browser's or a file format's. */
const foreign: readonly RegExp[] = [/^Mac OS$/, /^Mark as WONTGO/, /^Linux kernel, /, /^SQLite /];

const literals = /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g;

/**
 * The words of the screen that stand in a source file of the renderer outside renderer/strings, where a translator does not find
 * them: text in quotes that reads like a sentence. What an Error says is for the log. The linter finds those between tags.
 */
export function screenTexts(file: string, source: string): readonly string[] {
  if (!file.startsWith('renderer/') || file.startsWith('renderer/strings/') || /\.test\.tsx?$/.test(file)) return [];
  const code = source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/[^\n]*/g, '$1');
  const found: string[] = [];
  for (const match of code.matchAll(literals)) {
    const text = (match[1] ?? match[2] ?? match[3] ?? '').replaceAll(/\$\{[^}]*\}/g, '0');
    const isForError = /(?:Error|super)\(\s*$/.test(code.slice(0, match.index));
    if (sentence.test(text) && !isForError && !foreign.some((known) => known.test(text))) found.push(text);
  }
  return found;
}
