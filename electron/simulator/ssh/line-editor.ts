/** The line that a person types at a simulated prompt: as busybox's shell edits it. Pure: keys go in, what the terminal is sent comes out. */

export type Line = {
  readonly text: string;
  /** Characters before the cursor. */
  readonly cursor: number;
  readonly history: readonly string[];
  /** Which entry of the history is shown; its length for the new line. */
  readonly at: number;
  /** The new line, while an older one is shown. */
  readonly draft: string;
};

export type Edited = {
  readonly line: Line;
  /** What the terminal is sent. */
  readonly echo: string;
  /** What the person wants: the line to run, its end (Ctrl-D on an empty line), another line (Ctrl-C), a clear screen (Ctrl-L). */
  readonly wish?: { readonly kind: 'run'; readonly text: string } | { readonly kind: 'end' | 'cancel' | 'clear' };
};

const MOST_REMEMBERED = 200;

export function emptyLine(history: readonly string[] = []): Line {
  return { text: '', cursor: 0, history, at: history.length, draft: '' };
}

/** Cuts what arrived into keys: escape sequences stay whole, everything else is one character. The rest may be the start of a sequence. */
export function keysOf(text: string): { readonly keys: readonly string[]; readonly rest: string } {
  const keys: string[] = [];
  let at = 0;
  while (at < text.length) {
    const tail = text.slice(at);
    const sequence = /^\x1b(?:\[[\d;]*[A-Za-z~]|O[A-Z])/.exec(tail)?.[0];
    if (sequence === undefined && /^\x1b(?:$|\[[\d;]*$|O$)/.test(tail)) return { keys, rest: tail };
    const key = sequence ?? String.fromCodePoint(tail.codePointAt(0) ?? 0);
    keys.push(key);
    at += key.length;
  }
  return { keys, rest: '' };
}

/** One key on the line. */
export function pressed(line: Line, key: string): Edited {
  switch (key) {
    case '\r':
    case '\n':
      return { line: emptyLine(remembered(line)), echo: '\r\n', wish: { kind: 'run', text: line.text } };
    case '\x03':
      return { line: emptyLine(line.history), echo: '^C\r\n', wish: { kind: 'cancel' } };
    case '\x04':
      return line.text === '' ? { line, echo: '', wish: { kind: 'end' } } : without(line, line.cursor, line.cursor + 1);
    case '\x0c':
      return { line, echo: '\x1b[H\x1b[2J', wish: { kind: 'clear' } };
    case '\x7f':
    case '\b':
      return without(line, line.cursor - 1, line.cursor);
    case '\x1b[3~':
      return without(line, line.cursor, line.cursor + 1);
    case '\x15':
      return without(line, 0, line.cursor);
    case '\x0b':
      return without(line, line.cursor, line.text.length);
    case '\x17':
      return without(line, line.text.slice(0, line.cursor).search(/\S+\s*$/), line.cursor);
    case '\x01':
    case '\x1b[H':
    case '\x1b[1~':
      return moved(line, 0);
    case '\x05':
    case '\x1b[F':
    case '\x1b[4~':
      return moved(line, line.text.length);
    case '\x1b[D':
      return moved(line, line.cursor - 1);
    case '\x1b[C':
      return moved(line, line.cursor + 1);
    case '\x1b[A':
      return recalled(line, line.at - 1);
    case '\x1b[B':
      return recalled(line, line.at + 1);
    default:
      return key < ' ' ? { line, echo: '' } : inserted(line, key);
  }
}

function inserted(line: Line, text: string): Edited {
  const tail = line.text.slice(line.cursor);
  const next = { ...line, text: line.text.slice(0, line.cursor) + text + tail, cursor: line.cursor + text.length };
  return { line: next, echo: `${text}${tail}${'\b'.repeat(tail.length)}` };
}

function moved(line: Line, to: number): Edited {
  const cursor = Math.max(0, Math.min(to, line.text.length));
  const by = cursor - line.cursor;
  const echo = by < 0 ? '\b'.repeat(-by) : line.text.slice(line.cursor, cursor);
  return { line: { ...line, cursor }, echo };
}

function without(line: Line, from: number, to: number): Edited {
  const start = Math.max(0, from);
  const end = Math.min(line.text.length, to);
  if (end <= start) return { line, echo: '' };
  const tail = line.text.slice(end);
  const text = line.text.slice(0, start) + tail;
  const echo = `${'\b'.repeat(line.cursor - start)}${tail}\x1b[K${'\b'.repeat(tail.length)}`;
  return { line: { ...line, text, cursor: start }, echo };
}

function recalled(line: Line, at: number): Edited {
  if (at < 0 || at > line.history.length) return { line, echo: '\x07' };
  const draft = line.at === line.history.length ? line.text : line.draft;
  const text = at === line.history.length ? draft : (line.history[at] ?? '');
  const echo = `${'\b'.repeat(line.cursor)}\x1b[K${text}`;
  return { line: { ...line, text, cursor: text.length, at, draft }, echo };
}

function remembered({ text, history }: Line): readonly string[] {
  return text.trim() === '' || history.at(-1) === text ? history : [...history, text].slice(-MOST_REMEMBERED);
}
