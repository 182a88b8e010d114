import type { AccountStatus, HubAccount } from '../../../shared/contract/hub.ts';
import type { HubClient, HubCredential } from '../../sources/hub/hub.ts';
import type { AccountRecord } from '../../storage/accounts.ts';
import type { SecretStore } from '../../storage/secrets.ts';
import { hostOf } from './ports.ts';
import { missingSecret } from './problems.ts';

/** One account in this run: its record, and the client that speaks for it. */
export class Account {
  record: AccountRecord;
  /** Absent for an account of the simulated hub that is not started. */
  #client: HubClient | undefined;
  #credential: HubCredential | undefined;
  readonly #since: number;

  constructor(record: AccountRecord, since: number) {
    this.record = record;
    this.#since = since;
  }

  get client(): HubClient | undefined {
    return this.#client;
  }

  get credential(): HubCredential | undefined {
    return this.#credential;
  }

  /** From now on it speaks through this client, which has the credential already. */
  speakThrough(client: HubClient | undefined, credential: HubCredential | undefined): void {
    this.#client = client;
    this.#credential = credential;
  }

  /** Goes on with another credential, after the person signed in again or unlocked the secrets. */
  renewWith(credential: HubCredential): void {
    this.#credential = credential;
    this.#client?.renewWith(credential);
  }

  /** The client renewed its session by itself. */
  renewed(credential: HubCredential): void {
    this.#credential = credential;
  }

  /** What its client says, and without a credential why there is none. */
  status(secrets: SecretStore, client: HubClient): AccountStatus {
    if (this.record.demo || this.#credential !== undefined) return client.status;
    if (secrets.keeping.locked) return { kind: 'locked' };
    return { kind: 'signed-out', since: this.#since, problem: missingSecret(secrets, hostOf(this.record.url)) };
  }

  overview(devices: number): HubAccount {
    const { id, url, ca, nick, email, demo, addedAt, tokenEndsAt } = this.record;
    return {
      id,
      url,
      hasCa: ca !== undefined,
      nick,
      demo,
      addedAt,
      devices,
      status: this.#client?.status ?? { kind: 'connecting' },
      ...(email !== undefined && { email }),
      ...(tokenEndsAt !== undefined && { tokenEndsAt }),
    };
  }
}
