import type { WayStatus } from '../../shared/contract/connection.ts';
import { type KnownProblem, knownProblem, TrailbossError } from '../../shared/contract/errors.ts';
import type { AccountId } from '../../shared/contract/hub.ts';
import type { HubClient } from '../sources/hub/hub.ts';
import { secretsLocked } from '../sources/hub/missing.ts';

/** An account as the fleet knows it, to list its devices and to hear of their changes. */
export interface OpenAccount {
  readonly id: AccountId;
  /** As people read it: nick and host. */
  readonly label: string;
  readonly demo: boolean;
  readonly client: HubClient;
}

type Meta = Readonly<Record<string, unknown>>;

/** Milliseconds for which what an account adds to all its devices is taken as unchanged. */
const globalMetaServes = 300_000;

/** An account in the fleet: what is the same for all its devices, so that ten thousand of them need not find it out each. */
export class AccountSeat {
  readonly account: OpenAccount;
  readonly #now: () => number;
  readonly #attachedAt: number;
  #globalMeta: { readonly at: number; readonly meta: Meta | undefined } | undefined;

  constructor(account: OpenAccount, now: () => number) {
    this.account = account;
    this.#now = now;
    this.#attachedAt = now();
  }

  /** Whether the hub can be asked, as a device's way to it. */
  get way(): WayStatus {
    const { status } = this.account.client;
    if (status.kind === 'signed-out') return { kind: 'blocked', since: status.since, problem: status.problem };
    if (status.kind === 'locked') return { kind: 'blocked', since: this.#attachedAt, problem: knownProblem(secretsLocked()) };
    return status;
  }

  /** What the hub told holds as of then; undefined while it was not heard in this run. */
  get asOf(): number | undefined {
    const { status } = this.account.client;
    if (status.kind === 'open') return this.#now();
    return status.kind === 'silent' ? status.heardAt : undefined;
  }

  /** Whether it is worth asking now. */
  get isUsable(): boolean {
    const { kind } = this.account.client.status;
    return kind !== 'signed-out' && kind !== 'locked';
  }

  /** What the account's profile adds to the user-meta of all its devices, as it was last read. */
  get globalMeta(): Meta | undefined {
    return this.#globalMeta?.meta;
  }

  /** Reads that again where it may have changed; a hub that does not tell is asked later. */
  async refreshGlobalMeta(signal: AbortSignal): Promise<void> {
    const known = this.#globalMeta;
    if (known && this.#now() - known.at < globalMetaServes) return;
    this.#globalMeta = { at: this.#now(), meta: known?.meta };
    try {
      this.#globalMeta = { at: this.#now(), meta: await this.account.client.globalMeta(signal) };
    } catch (error) {
      if (!(error instanceof TrailbossError)) throw error;
    }
  }
}

/** The way of a device whose account is not there in this run. Ten thousand ask for it: it is made without the cost of an error. */
export function noSeat(account: string, since: number): WayStatus {
  const problem: KnownProblem = {
    code: 'SESSION_ENDED',
    what: `The account ${account} is not signed in now.`,
    unchanged: 'What was heard of its devices is still shown.',
    next: 'Sign in again in Settings; everything goes on from where it was.',
  };
  return { kind: 'blocked', since, problem };
}
