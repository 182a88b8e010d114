/** Lines of a text that is about to be pasted; a last line end makes no further line. */
export function pastedLines(text: string): readonly string[] {
  return text.replace(/\r?\n$/, '').split(/\r\n|\r|\n/);
}

/**
 * Whether the person should be asked first: the shell would run several lines at once. One that knows bracketed paste runs none of
 * them before Enter.
 */
export function asksBefore(text: string, { bracketed }: { readonly bracketed: boolean }): boolean {
  return !bracketed && pastedLines(text).length > 1;
}

/** What a paste must not carry: the sequence that ends a bracketed paste, with which a text could type for the person (xterm does not take it out). */
export function safePaste(text: string): string {
  return text.replaceAll('\u001b[201~', '');
}
