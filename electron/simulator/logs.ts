/** The device's log files: `logs/<revision>/…`, and `current` for the running one. */
import { appendFileSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface DeviceLogs {
  readonly dir: string;
  /** `[ctrl]: text` of the runtime's own log. */
  runtime(revision: string, level: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR', text: string): void;
  /** A line of what a container's init printed. */
  console(revision: string, container: string, line: string): void;
  /** Many at once. A console that has grown large begins anew, as when the device rotated it and dropped what was packed. */
  consoleLines(revision: string, container: string, lines: readonly string[]): void;
  remove(revision: string): void;
}

/** Bytes of a console at which it begins anew. */
const LARGEST = 32 * 1024 * 1024;

/** @param uptime seconds since boot: the runtime's log has no wall-clock time. */
export function openLogs(dir: string, uptime: () => number): DeviceLogs {
  function append(revision: string, file: string, line: string): void {
    const path = join(dir, ...revision.split('/'), file);
    mkdirSync(dirname(path), { recursive: true });
    appendFileSync(path, `${line}\n`);
  }

  return {
    dir,
    runtime: (revision, level, text) =>
      append(revision, join('pantavisor', 'pantavisor.log'), `[pantavisor] ${Math.floor(uptime())} ${level}\t -- ${text}`),
    console: (revision, container, line) => append(revision, join(container, 'lxc', 'console.log'), line),
    consoleLines(revision, container, lines) {
      const file = join(container, 'lxc', 'console.log');
      append(revision, file, lines.join('\n'));
      const path = join(dir, ...revision.split('/'), file);
      if (statSync(path).size > LARGEST) rmSync(path);
    },
    remove: (revision) => rmSync(join(dir, ...revision.split('/')), { recursive: true, force: true }),
  };
}
