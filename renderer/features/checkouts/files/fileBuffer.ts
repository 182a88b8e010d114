/** What somebody typed into a file, and the text and mark of the file it was typed into. */
export interface Typing {
  readonly text: string;
  readonly base: { readonly mark: string; readonly text: string };
}

/** The file in the folder as it was read last; undefined while it is read, `gone` where it is not there any more. */
export type OnDisk = { readonly mark: string; readonly text: string } | 'gone' | undefined;

/** How what was typed stands to the file. */
export type FileState =
  /** Nothing typed is waiting. */
  | { readonly kind: 'clean' }
  /** It can be saved. */
  | { readonly kind: 'dirty'; readonly mark: string }
  /** Somebody else wrote the file meanwhile, or removed it. */
  | { readonly kind: 'conflict'; readonly theirs: string | undefined; readonly mark: string | undefined };

/** A file that changed outside to what was typed is no conflict: both agree. */
export function stateOf(typing: Typing | undefined, disk: OnDisk): FileState {
  if (typing === undefined) return { kind: 'clean' };
  if (disk === undefined) return { kind: 'dirty', mark: typing.base.mark };
  if (disk === 'gone') return { kind: 'conflict', theirs: undefined, mark: undefined };
  if (disk.text === typing.text) return { kind: 'clean' };
  if (disk.mark === typing.base.mark || disk.text === typing.base.text) return { kind: 'dirty', mark: disk.mark };
  return { kind: 'conflict', theirs: disk.text, mark: disk.mark };
}

/** The typing after a key: undefined when the text is the file's again. */
export function typed(before: Typing | undefined, disk: OnDisk, text: string): Typing | undefined {
  const base = before?.base ?? (disk === undefined || disk === 'gone' ? undefined : disk);
  if (base === undefined || base.text === text) return undefined;
  return { text, base: { mark: base.mark, text: base.text } };
}
