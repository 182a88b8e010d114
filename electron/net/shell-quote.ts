/** Characters that no POSIX shell gives a meaning to, in any position of a word. */
const plainWord = /^[A-Za-z0-9_/:.,+@%-][A-Za-z0-9_/:.,+@%=-]*$/;

/**
 * One argument for a POSIX shell's command line: what the program gets is exactly `text`.
 * Throws RangeError for a NUL character, which no argument can hold.
 */
export function quoteArgument(text: string): string {
  if (text.includes('\0')) throw new RangeError('an argument of a program can not hold a NUL character');
  if (plainWord.test(text)) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A whole command line out of a program's name and its arguments. */
export function commandLine(words: readonly string[]): string {
  return words.map(quoteArgument).join(' ');
}
