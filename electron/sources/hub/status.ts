import { type ErrorCode, knownProblem, type TrailbossError } from '../../../shared/contract/errors.ts';
import type { AccountStatus } from '../../../shared/contract/hub.ts';

/** Failures of the hub as a whole, and not of one thing that it was asked. */
const silentCodes: readonly ErrorCode[] = ['UNREACHABLE', 'NOT_ANSWERING', 'BAD_REPLY', 'NOT_A_HUB', 'UNTRUSTED_CERTIFICATE'];

/** How much later an answer must be to be told to listeners again, in milliseconds; `current` always has the last one. */
const newsMs = 5000;

/** Whether the hub answers and takes the session, as the last exchange showed it. */
export class HubStatus {
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  #current: AccountStatus = { kind: 'connecting' };
  #toldHeardAt = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  get current(): AccountStatus {
    return this.#current;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  connecting(): void {
    this.#become({ kind: 'connecting' });
  }

  /** The hub answered as a hub does. A session that ended stays ended until there is another. */
  heard(): void {
    if (this.#current.kind === 'signed-out') return;
    const heardAt = this.#now();
    const news = this.#current.kind !== 'open' || heardAt - this.#toldHeardAt >= newsMs;
    this.#current = { kind: 'open', heardAt };
    if (news) this.#tell();
  }

  failed(error: TrailbossError): void {
    if (this.#current.kind === 'signed-out' || !silentCodes.includes(error.code)) return;
    const before = this.#current;
    const since = before.kind === 'silent' ? before.since : this.#now();
    const heardAt = before.kind === 'open' || before.kind === 'silent' ? before.heardAt : undefined;
    const next = { kind: 'silent', since, problem: knownProblem(error), ...(heardAt === undefined ? {} : { heardAt }) } as const;
    if (before.kind === 'silent' && before.problem.what === next.problem.what) return;
    this.#become(next);
  }

  signedOut(error: TrailbossError): void {
    if (this.#current.kind === 'signed-out') return;
    this.#become({ kind: 'signed-out', since: this.#now(), problem: knownProblem(error) });
  }

  #become(status: AccountStatus): void {
    this.#current = status;
    this.#tell();
  }

  #tell(): void {
    if (this.#current.kind === 'open') this.#toldHeardAt = this.#current.heardAt;
    for (const listener of [...this.#listeners]) listener();
  }
}
