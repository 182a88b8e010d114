import { randomUUID } from 'node:crypto';
import { knownProblem, TrailbossError } from '../../../shared/contract/errors.ts';
import { type DeviceId, TerminalId } from '../../../shared/contract/ids.ts';
import type { TerminalEvent } from '../../../shared/contract/terminal.ts';
import type { RemoteShell, ShellSize } from '../../net/ssh-shell.ts';
import type { Profile } from '../../storage/profile.ts';
import type { DeviceWatch } from '../device-watch.ts';
import { OutputFlow } from './output-flow.ts';
import { brokeOff, notOpen, tooMany, wayGone } from './problems.ts';

/** Shells that one device has open at once. A device has little memory, and its own sessions need room too. */
export const mostShells = 8;

/** What the shells need of the fleet. */
interface ShellFleet {
  device(id: DeviceId): Pick<DeviceWatch, 'link' | 'record' | 'stopped'>;
}

export interface TerminalsPorts {
  readonly fleet: ShellFleet;
  readonly profile: { readonly activity: Pick<Profile['activity'], 'record'> };
}

interface OpenTerminal {
  readonly device: DeviceId;
  readonly shell: RemoteShell;
  readonly flow: OutputFlow;
  typed: boolean;
  closed: boolean;
}

/**
 * Shells on devices, each for one window: it ends with the stream that opened it, with its device, and with the program. Only who
 * was told a shell's id can write to it: ids are random.
 */
export class Terminals {
  readonly #ports: TerminalsPorts;
  readonly #open = new Map<TerminalId, OpenTerminal>();
  /** By device: those that are open, and those that are being opened. */
  readonly #counts = new Map<DeviceId, number>();
  readonly #closing = new AbortController();

  constructor(ports: TerminalsPorts) {
    this.#ports = ports;
  }

  /**
   * Opens a shell and gives what it writes, until it ends. Throws where it can't be opened: WAY_MISSING, DEVICE_BUSY when the device
   * has `mostShells` already, HOST_KEY_*, LOGIN_REFUSED, NOT_ANSWERING and the like.
   */
  async *open(
    { id, container, size }: { readonly id: DeviceId; readonly container: string | undefined; readonly size: ShellSize },
    caller: AbortSignal,
  ): AsyncGenerator<TerminalEvent, void> {
    const { link, record, stopped } = this.#ports.fleet.device(id);
    const over = AbortSignal.any([caller, stopped, this.#closing.signal]);
    this.#count(id, record.name);
    try {
      let shell = await link.openShell({ container, size }, over);
      try {
        const what = container === undefined ? 'opened a shell on the host' : `opened a shell in ${container}`;
        this.#ports.profile.activity.record({ what, result: 'ok', device: record });
      } catch (error) {
        shell.close();
        throw error;
      }
      const terminalId = TerminalId.parse(randomUUID());
      for (let attempt = 1; ; attempt += 1) {
        const end = yield* this.#follow(terminalId, { id, shell, isFirst: attempt === 1 }, over);
        if (caller.aborted) return;
        if (attempt === 1 && end.hitTheStartRace && !over.aborted) {
          shell = await link.openShell({ container, size }, over);
          continue;
        }
        const problem = over.aborted ? wayGone() : end.brokeOff ? brokeOff() : undefined;
        const { exitCode, signal } = end;
        yield {
          kind: 'ended',
          ...(exitCode !== undefined && { exitCode }),
          ...(signal !== undefined && { signal }),
          ...(problem && { problem: knownProblem(problem) }),
        };
        return;
      }
    } catch (error) {
      throw over.aborted && !caller.aborted && error instanceof TrailbossError ? wayGone() : error;
    } finally {
      this.#uncount(id);
    }
  }

  /** NOT_FOUND where the shell has ended. */
  async type(id: TerminalId, bytes: Uint8Array): Promise<void> {
    const terminal = this.#open.get(id);
    if (!terminal) throw notOpen();
    terminal.typed = true;
    await terminal.shell.write(bytes);
  }

  resize(id: TerminalId, size: ShellSize): void {
    this.#open.get(id)?.shell.resize(size);
  }

  taken(id: TerminalId, bytes: number): void {
    this.#open.get(id)?.flow.taken(bytes);
  }

  close(id: TerminalId): void {
    const terminal = this.#open.get(id);
    if (!terminal) return;
    terminal.closed = true;
    terminal.shell.close();
  }

  async closeAll(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#open.values()].map(({ shell }) => shell.ended));
  }

  async *#follow(
    terminalId: TerminalId,
    { id, shell, isFirst }: { readonly id: DeviceId; readonly shell: RemoteShell; readonly isFirst: boolean },
    over: AbortSignal,
  ): AsyncGenerator<TerminalEvent, ShellEnd> {
    const openedAt = performance.now();
    const flow = new OutputFlow({ hold: (held) => (held ? shell.pause() : shell.resume()) });
    const terminal: OpenTerminal = { device: id, shell, flow, typed: false, closed: false };
    this.#open.set(terminalId, terminal);
    const hangUp = () => {
      shell.close();
      flow.end();
    };
    if (over.aborted) hangUp();
    over.addEventListener('abort', hangUp, { once: true });
    void shell.ended.then(() => flow.end());
    shell.onOutput((bytes) => flow.push(bytes));
    let first = '';
    try {
      // From here on it can be written to.
      if (isFirst) yield { kind: 'opened', terminalId };
      for (let batch = await flow.next(); batch !== undefined; batch = await flow.next()) {
        if (first.length < 1000) first += Buffer.from(batch.subarray(0, 1000)).toString('latin1');
        yield { kind: 'output', base64: Buffer.from(batch).toString('base64') };
      }
      const { code, signal } = await shell.ended;
      const isUntold = code === undefined && signal === undefined;
      const isQuick = performance.now() - openedAt < startRaceMs && !terminal.typed;
      return {
        exitCode: code,
        signal,
        brokeOff: isUntold && !terminal.closed,
        hitTheStartRace: code === 2 && isQuick && /\/env-\d+|unterminated quoted string/.test(first),
      };
    } finally {
      over.removeEventListener('abort', hangUp);
      this.#open.delete(terminalId);
      hangUp();
    }
  }

  #count(id: DeviceId, name: string): void {
    const count = this.#counts.get(id) ?? 0;
    if (count >= mostShells) throw tooMany(name, mostShells);
    this.#counts.set(id, count + 1);
  }

  #uncount(id: DeviceId): void {
    const left = (this.#counts.get(id) ?? 1) - 1;
    if (left === 0) this.#counts.delete(id);
    else this.#counts.set(id, left);
  }
}

/** Sessions that start at the same moment as another one can fail: the login wrapper shares a file (fallbear-cmd, `/env-1`). */
const startRaceMs = 3000;

interface ShellEnd {
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly brokeOff: boolean;
  readonly hitTheStartRace: boolean;
}
