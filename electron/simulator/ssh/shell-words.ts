/** The part of the POSIX shell's language that clients use over SSH: words with quotes, pipelines, lists, redirections, variables. */

export type WordPart =
  | { readonly kind: 'text'; readonly text: string }
  /** `$NAME`, `${NAME}`, `$?`; unquoted ones are split at blanks. */
  | { readonly kind: 'variable'; readonly name: string; readonly quoted: boolean }
  /** `$(…)` */
  | { readonly kind: 'output'; readonly script: string; readonly quoted: boolean };

/** A word; one that had any quotes counts even where it is empty. */
export type Word = { readonly parts: readonly WordPart[]; readonly quoted: boolean };

export type Redirect = {
  readonly from: 'stdin' | 'stdout' | 'stderr';
  /** A file, or the other output stream. */
  readonly to:
    | { readonly kind: 'file'; readonly path: Word; readonly append: boolean }
    | { readonly kind: 'stream'; readonly stream: 'stdout' | 'stderr' };
};

export type Command = {
  readonly assignments: readonly (readonly [string, Word])[];
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
};

/** Commands joined by `|`. */
export type Pipeline = readonly Command[];

/** When a pipeline of a list runs: always, or depending on the exit code before it. */
export type ListItem = { readonly when: 'always' | 'and' | 'or'; readonly pipeline: Pipeline };

export class ShellSyntaxError extends Error {
  override readonly name = 'ShellSyntaxError';
}

/** @throws ShellSyntaxError for an open quote or an operator without a command. */
export function parseScript(text: string): readonly ListItem[] {
  return new Parser(text).list();
}

const BLANK = /[ \t]/;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const ENDS_WORD = /[\s;|&<>]/;

class Parser {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  list(): readonly ListItem[] {
    const items: ListItem[] = [];
    let when: ListItem['when'] = 'always';
    for (;;) {
      this.skipEmpty();
      if (this.at >= this.text.length) break;
      items.push({ when, pipeline: this.pipeline() });
      when = this.separator();
    }
    if (when !== 'always') throw new ShellSyntaxError('syntax error: unexpected end of file');
    return items;
  }

  /** Blanks, line ends, comments and semicolons before a command. */
  private skipEmpty(): void {
    for (;;) {
      const char = this.peek();
      if (char === '#') this.skipComment();
      else if (char !== '' && /[\s;]/.test(char)) this.at += 1;
      else return;
    }
  }

  private skipComment(): void {
    while (this.at < this.text.length && this.peek() !== '\n') this.at += 1;
  }

  private separator(): ListItem['when'] {
    this.skipBlanks();
    if (this.take('&&')) return 'and';
    if (this.take('||')) return 'or';
    if (this.peek() === '&') this.at += 1;
    return 'always';
  }

  private pipeline(): Pipeline {
    const commands = [this.command()];
    for (;;) {
      this.skipBlanks();
      if (this.text.startsWith('||', this.at) || !this.take('|')) return commands;
      commands.push(this.command());
    }
  }

  private command(): Command {
    const assignments: (readonly [string, Word])[] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    for (;;) {
      this.skipBlanks();
      const redirect = this.redirect();
      if (redirect) redirects.push(redirect);
      else if (this.at >= this.text.length || /[\n;|&]/.test(this.peek())) break;
      else {
        const assignment = words.length === 0 ? this.assignment() : undefined;
        if (assignment) assignments.push(assignment);
        else words.push(this.word());
      }
    }
    if (assignments.length + words.length + redirects.length === 0)
      throw new ShellSyntaxError(`syntax error: unexpected "${this.peek()}"`);
    return { assignments, words, redirects };
  }

  private assignment(): readonly [string, Word] | undefined {
    const name = this.name();
    if (name === undefined) return undefined;
    if (this.text[this.at + name.length] !== '=') return undefined;
    this.at += name.length + 1;
    return [name, this.word()];
  }

  private redirect(): Redirect | undefined {
    const found = /^(\d?)(>>|>|<)(&[12])?/.exec(this.text.slice(this.at, this.at + 5));
    if (!found) return undefined;
    const [whole, descriptor = '', operator = '', target] = found;
    const from = operator === '<' ? 'stdin' : descriptor === '2' ? 'stderr' : 'stdout';
    this.at += whole.length;
    if (target !== undefined) return { from, to: { kind: 'stream', stream: target === '&2' ? 'stderr' : 'stdout' } };
    this.skipBlanks();
    return { from, to: { kind: 'file', path: this.word(), append: operator === '>>' } };
  }

  private word(): Word {
    const parts: WordPart[] = [];
    let quoted = false;
    while (this.at < this.text.length && !ENDS_WORD.test(this.peek())) {
      const char = this.peek();
      if (char === "'") {
        parts.push({ kind: 'text', text: this.singleQuoted() });
        quoted = true;
      } else if (char === '"') {
        parts.push(...this.doubleQuoted());
        quoted = true;
      } else if (char === '$') {
        parts.push(this.expansion(false));
      } else {
        parts.push({ kind: 'text', text: this.plainChar() });
      }
    }
    return { parts, quoted };
  }

  private plainChar(): string {
    if (this.peek() === '\\') this.at += 1;
    const char = this.peek();
    this.at += 1;
    return char === '\n' ? '' : char;
  }

  private singleQuoted(): string {
    const end = this.text.indexOf("'", this.at + 1);
    if (end < 0) throw new ShellSyntaxError('syntax error: unterminated quoted string');
    const text = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    return text;
  }

  private doubleQuoted(): readonly WordPart[] {
    const parts: WordPart[] = [];
    this.at += 1;
    while (this.peek() !== '"') {
      if (this.at >= this.text.length) throw new ShellSyntaxError('syntax error: unterminated quoted string');
      if (this.peek() === '$') {
        parts.push(this.expansion(true));
        continue;
      }
      // In double quotes a backslash only escapes these four.
      if (this.peek() === '\\' && /["\\$`\n]/.test(this.text[this.at + 1] ?? '')) this.at += 1;
      parts.push({ kind: 'text', text: this.peek() });
      this.at += 1;
    }
    this.at += 1;
    return parts;
  }

  private expansion(quoted: boolean): WordPart {
    this.at += 1;
    if (this.take('(')) return { kind: 'output', script: this.untilParenthesis(), quoted };
    if (this.take('?')) return { kind: 'variable', name: '?', quoted };
    const braces = this.take('{');
    const name = this.name();
    if (name === undefined) return { kind: 'text', text: braces ? '${' : '$' };
    this.at += name.length;
    if (braces && !this.take('}')) throw new ShellSyntaxError('syntax error: bad substitution');
    return { kind: 'variable', name, quoted };
  }

  private untilParenthesis(): string {
    const start = this.at;
    for (let depth = 1; depth > 0; this.at += 1) {
      const char = this.peek();
      if (char === '') throw new ShellSyntaxError('syntax error: unexpected end of file (expecting ")")');
      if (char === '(') depth += 1;
      if (char === ')') depth -= 1;
    }
    return this.text.slice(start, this.at - 1);
  }

  private name(): string | undefined {
    NAME.lastIndex = this.at;
    return NAME.exec(this.text)?.[0];
  }

  private skipBlanks(): void {
    while (BLANK.test(this.peek()) || this.text.startsWith('\\\n', this.at)) this.at += this.peek() === '\\' ? 2 : 1;
  }

  private peek(): string {
    return this.text[this.at] ?? '';
  }

  private take(token: string): boolean {
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }
}
