import type { LogEntry } from '../../../../shared/contract/logs.ts';

/** A longer piece without a line end is taken for a line, so that a file without any can't fill the memory. */
const longestLine = 65_536;

/** A line with the byte at which it begins in its file. */
export interface PlacedLine {
  readonly at: number;
  readonly text: string;
}

/** Cuts a growing file into lines. What has no line end yet waits for it. */
export class LineCutter {
  #rest = Buffer.alloc(0);
  #at: number;

  /** @param at the byte of the file that comes first. */
  constructor(at: number) {
    this.#at = at;
  }

  /** The byte after the last whole line. */
  get end(): number {
    return this.#at;
  }

  push(bytes: Uint8Array): readonly PlacedLine[] {
    const all = this.#rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#rest, bytes]);
    const lines: PlacedLine[] = [];
    let from = 0;
    for (let end = all.indexOf(10); end >= 0; end = all.indexOf(10, from)) {
      lines.push({ at: this.#at, text: textOf(all.subarray(from, end)) });
      this.#at += end + 1 - from;
      from = end + 1;
    }
    while (all.length - from > longestLine) {
      lines.push({ at: this.#at, text: textOf(all.subarray(from, from + longestLine)) });
      this.#at += longestLine;
      from += longestLine;
    }
    // A copy: the whole piece must not be kept for the sake of its end.
    this.#rest = Buffer.from(all.subarray(from));
    return lines;
  }

  /** What is left without a line end, once the file is known to grow no more. */
  flush(): readonly PlacedLine[] {
    const text = textOf(this.#rest);
    const at = this.#at;
    this.#at += this.#rest.length;
    this.#rest = Buffer.alloc(0);
    return text === '' ? [] : [{ at, text }];
  }
}

/** A container's console ends its lines with more than one carriage return (recordings, 14-logs). */
function textOf(bytes: Buffer): string {
  return bytes.toString('utf8').replace(/\r+$/, '');
}

/** `[pantavisor] 4321 DEBUG\t -- [state]: text`; a time that the device was told to write stands before the seconds (logserver_utils.c). */
const runtimeLine = /^\[([^\]\s]+)\] (?:\[[^\]]*\] )?(\d+) ([A-Za-z]+)\s+-- \[([^\]]*)\]: ?(.*)$/s;

/** What is common to all lines of a file. */
export interface FileFacts {
  readonly revision: string;
  readonly path: string;
  readonly platform: string;
  readonly source: string;
}

/** Who writes a file: `web/lxc/console.log` is `lxc/console.log` of `web`; `pantavisor/pantavisor.log` is Pantavisor's own. */
export function fileFacts(revision: string, path: string): FileFacts {
  const slash = path.indexOf('/');
  if (slash < 0) return { revision, path, platform: path, source: path };
  return { revision, path, platform: path.slice(0, slash), source: path.slice(slash + 1) };
}

/**
 * A line of a log file as an entry. Pantavisor's own log tells seconds since boot, level and module; all others are raw, so their level is
 * what the line itself begins with, if it says one.
 */
export function entryOf(line: PlacedLine, file: FileFacts, heardAt: number | undefined): LogEntry {
  const base = {
    id: String(line.at),
    file: file.path,
    ...(heardAt === undefined ? {} : { at: heardAt }),
    revision: file.revision,
  };
  const [, platform, seconds, level, module, text] = runtimeLine.exec(line.text) ?? [];
  if (platform !== undefined && level !== undefined && module !== undefined && text !== undefined) {
    return { ...base, uptime: Number(seconds), platform, source: module, level: level.toUpperCase(), text };
  }
  return { ...base, platform: file.platform, source: file.source, level: levelWithin(line.text), text: line.text };
}

const levelWords: Readonly<Record<string, string>> = {
  fatal: 'FATAL',
  panic: 'FATAL',
  emerg: 'FATAL',
  crit: 'FATAL',
  critical: 'FATAL',
  error: 'ERROR',
  err: 'ERROR',
  warn: 'WARN',
  warning: 'WARN',
  info: 'INFO',
  notice: 'INFO',
  debug: 'DEBUG',
  trace: 'DEBUG',
};

/** Levels are looked for in so many characters: beyond them a word is part of what is said. */
const levelWithinChars = 60;
const levelWord =
  /(?:^|[\s[(<"=|])(fatal|panic|emerg|crit|critical|error|err|warn|warning|info|notice|debug|trace)(?=[\]):>"|,]|\s-|\s*$|=)|\b(?:level|lvl|severity)"?[=:]\s*"?([a-z]+)|(?:^|[\s[(|])(FATAL|PANIC|CRIT|CRITICAL|ERROR|ERR|WARN|WARNING|INFO|NOTICE|DEBUG|TRACE)(?=[\s\]):|,])/;
/** The first word of a line counts however it is written. */
const firstWord = /^[\s[(<"]*(fatal|panic|emerg|crit|critical|error|err|warn|warning|info|notice|debug|trace)\b/i;

/** The level that a raw line tells: `ERROR: …`, `[warn] …`, `level=info`, `<3>…`; empty where it tells none. */
export function levelWithin(text: string): string {
  const kernel = /^<(\d)>/.exec(text)?.[1];
  if (kernel !== undefined) return kernelLevel(Number(kernel));
  const start = text.slice(0, levelWithinChars);
  const found = levelWord.exec(start) ?? firstWord.exec(start);
  const word = found?.[1] ?? found?.[2] ?? found?.[3];
  return word === undefined ? '' : (levelWords[word.toLowerCase()] ?? '');
}

/** Severities of syslog (RFC 5424, 6.2.1). */
function kernelLevel(severity: number): string {
  if (severity <= 2) return 'FATAL';
  if (severity === 3) return 'ERROR';
  if (severity === 4) return 'WARN';
  return severity <= 6 ? 'INFO' : 'DEBUG';
}
