import type { WayStatus } from '../../../shared/contract/connection.ts';
import { type ErrorCode, knownProblem, TrailbossError } from '../../../shared/contract/errors.ts';
import { abortable, startDeadline } from '../../net/deadline.ts';
import { rawOf } from '../../net/raw.ts';

/** Only a person can open the way again. */
const needsAPerson: ReadonlySet<ErrorCode> = new Set([
  'HOST_KEY_UNKNOWN',
  'HOST_KEY_CHANGED',
  'LOGIN_REFUSED',
  'PASSPHRASE_NEEDED',
]);
/** The way itself failed; every other error is something that the device said, so it was heard. */
const silentCodes: ReadonlySet<ErrorCode> = new Set(['UNREACHABLE', 'NOT_ANSWERING', 'NOT_A_DEVICE', 'BAD_REPLY']);
const notTheDevice: ReadonlySet<ErrorCode> = new Set(['CANCELLED', 'BAD_INPUT', 'LOCAL_STORAGE', 'WAY_MISSING', 'INTERNAL']);

const firstRetryMs = 1000;
const slowestRetryMs = 15_000;
/** A device that was never heard may be switched off for days. */
const slowestUnheardRetryMs = 60_000;
/** A login that worked before and is refused now: during a boot the device may not have read its keys yet. */
const blockedRetryMs = 30_000;
const attemptMs = 20_000;

export interface WayPorts {
  readonly configured: boolean;
  readonly now: () => number;
  /** So many times longer than usual it waits before it tries again by itself. */
  readonly patience?: () => number;
  /** Opens the way, or finds out that it is open: resolves when the device was heard. */
  readonly attempt: (signal: AbortSignal) => Promise<void>;
  readonly onChange: () => void;
  /** Whether what a person had to do about a host key was done since the last try. */
  readonly unblocked?: () => boolean;
}

/** How long to leave a way alone after a try, in milliseconds, when somebody asks for it again and again. */
const restMs = { silent: 2000, refused: 10_000, local: 1000 } as const;

/**
 * One way to a device: whether it is open, since when it is not, and trying again by itself, ever slower. Who uses it reports
 * what came of it through `use`.
 */
export class Way {
  readonly #ports: WayPorts;
  readonly #closing = new AbortController();
  #status: WayStatus;
  #heardAt: number | undefined;
  #attempt: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #retries = 0;
  #triedAt = 0;

  constructor(ports: WayPorts) {
    this.#ports = ports;
    this.#status = ports.configured ? { kind: 'connecting' } : { kind: 'not-configured' };
  }

  get status(): WayStatus {
    return this.#status.kind === 'open' && this.#heardAt !== undefined ? { kind: 'open', heardAt: this.#heardAt } : this.#status;
  }

  get isOpen(): boolean {
    return this.#status.kind === 'open';
  }

  get isConfigured(): boolean {
    return this.#ports.configured;
  }

  /** Open, or silent after it was open: silence is normal while an update runs, and takes nothing away. */
  get isKnownToWork(): boolean {
    return this.isOpen || (this.#status.kind === 'silent' && this.#heardAt !== undefined);
  }

  /** Whether a try now could bring something that the last one did not. */
  isWorthATry(): boolean {
    const rested = (ms: number) => this.#ports.now() - this.#triedAt >= ms;
    switch (this.#status.kind) {
      case 'not-configured':
      case 'open':
        return false;
      case 'connecting':
        return true;
      case 'silent':
        return rested(restMs.silent);
      case 'blocked':
        return this.#isUnblocked(this.#status.problem.code, rested);
    }
  }

  /**
   * Tries now, whatever was before; never throws. A try that is under way already is waited for, and goes on when the caller
   * does not want to wait any more.
   */
  async connect(signal: AbortSignal): Promise<void> {
    if (!this.isConfigured || this.#closing.signal.aborted) return;
    this.#attempt ??= this.#tryOnce().finally(() => {
      this.#attempt = undefined;
    });
    await abortable(this.#attempt, signal).catch(() => undefined);
  }

  /** Waits for the first try; throws the way's problem when it is blocked. */
  async ready(signal: AbortSignal): Promise<void> {
    if (this.#status.kind === 'connecting') await this.connect(signal);
    if (this.#status.kind === 'blocked') throw problemError(this.#status.problem);
  }

  /** The problem that keeps the way from being used. */
  problem(): TrailbossError | undefined {
    const { status } = this;
    return (status.kind === 'silent' || status.kind === 'blocked') && status.problem !== undefined
      ? problemError(status.problem)
      : undefined;
  }

  /** Runs something over this way and learns from how it ends. */
  async use<T>(work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      this.heard();
      return result;
    } catch (error) {
      const problem = asProblem(error);
      this.failed(problem);
      throw problem;
    }
  }

  heard(): void {
    if (this.#closing.signal.aborted) return;
    this.#heardAt = this.#ports.now();
    this.#retries = 0;
    clearTimeout(this.#retry);
    this.#retry = undefined;
    if (this.#status.kind !== 'open') this.#set({ kind: 'open', heardAt: this.#heardAt });
  }

  failed(error: TrailbossError): void {
    if (this.#closing.signal.aborted || notTheDevice.has(error.code)) return;
    if (needsAPerson.has(error.code)) {
      this.#set({ kind: 'blocked', since: this.#since(), problem: knownProblem(error) });
      if (this.#heardAt !== undefined && error.code === 'LOGIN_REFUSED') this.#retryIn(blockedRetryMs);
    } else if (silentCodes.has(error.code)) {
      const heard = this.#heardAt === undefined ? {} : { heardAt: this.#heardAt };
      this.#set({ kind: 'silent', since: this.#since(), ...heard, problem: knownProblem(error) });
      const slowest = this.#heardAt === undefined ? slowestUnheardRetryMs : slowestRetryMs;
      this.#retryIn(Math.min(firstRetryMs * 2 ** this.#retries, slowest));
    } else {
      this.heard();
    }
  }

  close(): void {
    this.#closing.abort();
    clearTimeout(this.#retry);
  }

  #isUnblocked(code: ErrorCode, rested: (ms: number) => boolean): boolean {
    if (code === 'HOST_KEY_UNKNOWN' || code === 'HOST_KEY_CHANGED') return this.#ports.unblocked?.() === true;
    // Whether the key can be opened now is found out on this computer, before anything goes out.
    return rested(code === 'PASSPHRASE_NEEDED' ? restMs.local : restMs.refused);
  }

  async #tryOnce(): Promise<void> {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    const deadline = startDeadline(this.#closing.signal, attemptMs);
    try {
      await this.#ports.attempt(deadline.signal);
      this.heard();
    } catch (error) {
      this.failed(deadline.expired() ? tooSlow(error) : asProblem(error));
    } finally {
      deadline.clear();
      this.#triedAt = this.#ports.now();
    }
  }

  #retryIn(ms: number): void {
    if (this.#retry !== undefined) return;
    this.#retries += 1;
    const wait = ms * (this.#ports.patience?.() ?? 1);
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      void this.connect(this.#closing.signal);
    }, wait);
    this.#retry.unref();
  }

  #since(): number {
    return this.#status.kind === 'silent' || this.#status.kind === 'blocked' ? this.#status.since : this.#ports.now();
  }

  #set(status: WayStatus): void {
    const before = this.#status;
    this.#status = status;
    if (before.kind !== status.kind || codeOf(before) !== codeOf(status)) this.#ports.onChange();
  }
}

/** Anything else than a problem for people is a mistake of this program, and still no reason to fall. */
export function asProblem(error: unknown): TrailbossError {
  if (error instanceof TrailbossError) return error;
  return new TrailbossError(
    'BAD_REPLY',
    {
      what: 'Speaking with the device failed in a way that Trailboss did not expect.',
      unchanged: 'It is not known whether the device took anything.',
      next: 'Look at the device, and try again.',
      ...rawOf(error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
    },
    { cause: error },
  );
}

function tooSlow(cause: unknown): TrailbossError {
  return new TrailbossError(
    'NOT_ANSWERING',
    {
      what: `The device did not open the connection within ${attemptMs / 1000} s.`,
      unchanged: 'Nothing was changed on the device.',
      next: 'It is tried again by itself. Check the device and the network if it stays.',
    },
    { cause },
  );
}

function codeOf(status: WayStatus): ErrorCode | undefined {
  return status.kind === 'silent' || status.kind === 'blocked' ? status.problem?.code : undefined;
}

function problemError(problem: NonNullable<Extract<WayStatus, { kind: 'silent' }>['problem']>): TrailbossError {
  const { code, ...data } = problem;
  return new TrailbossError(code, data);
}
