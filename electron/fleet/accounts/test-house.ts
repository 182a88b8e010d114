/** For tests: accounts on a profile of their own, which can be closed and opened again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HubAccount } from '../../../shared/contract/hub.ts';
import { type Log, openLog } from '../../log.ts';
import type { Keyring } from '../../storage/keyring.ts';
import { openProfile, type Profile } from '../../storage/profile.ts';
import { Accounts } from './accounts.ts';
import { FakeFleet } from './fake-fleet.ts';

/** Hides nothing from who looks into it, and everything from who searches for it. */
export const testKeyring: Keyring = {
  available: true,
  encrypt: (text) => Buffer.from(text).map((byte) => byte ^ 0x5a),
  decrypt: (bytes) => Buffer.from(bytes.map((byte) => byte ^ 0x5a)).toString(),
};

interface Rooms {
  readonly profile: Profile;
  readonly fleet: FakeFleet;
  readonly log: Log;
  readonly accounts: Accounts;
}

export class TestHouse {
  readonly dir = mkdtempSync(join(tmpdir(), 'trailboss-accounts-'));
  #rooms: Rooms;
  #closed = false;

  constructor(keyring?: Keyring) {
    this.#rooms = this.#open(keyring);
  }

  get accounts(): Accounts {
    return this.#rooms.accounts;
  }

  get profile(): Profile {
    return this.#rooms.profile;
  }

  get fleet(): FakeFleet {
    return this.#rooms.fleet;
  }

  get log(): Log {
    return this.#rooms.log;
  }

  get pvrDir(): string {
    return join(this.dir, 'pvr');
  }

  /** The first account, as the screen shows it. */
  get first(): HubAccount {
    const [account] = this.accounts.overview.accounts;
    if (!account) throw new Error('there is no account');
    return account;
  }

  /** What was done, newest first: `ok: …`. */
  activity(): readonly string[] {
    return this.profile.activity.latest(100).map(({ what, result }) => `${result}: ${what}`);
  }

  async reopen(keyring?: Keyring): Promise<void> {
    await this.close();
    this.#rooms = this.#open(keyring);
    this.#closed = false;
  }

  /** Once. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const { accounts, profile, log } = this.#rooms;
    await accounts.close();
    profile.close();
    log.close();
  }

  async end(): Promise<void> {
    await this.close();
    rmSync(this.dir, { recursive: true, force: true });
  }

  #open(keyring: Keyring | undefined): Rooms {
    const profile = openProfile(join(this.dir, 'profile'), Date.now, keyring);
    const log = openLog(profile.dir);
    const fleet = new FakeFleet();
    const report = (error: unknown) => log.error(error);
    return { profile, log, fleet, accounts: new Accounts({ fleet, profile, now: Date.now, report, pvrDir: this.pvrDir }) };
  }
}
