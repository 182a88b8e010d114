import { randomUUID } from 'node:crypto';
import { type KnownProblem, TrailbossError } from '../../../shared/contract/errors.ts';
import {
  AccountId,
  type AccountStatus,
  type BrowserSignIn,
  type HubAddress,
  type HubOverview,
  type HubProbe,
  type PvrSession,
  type SecretChoice,
} from '../../../shared/contract/hub.ts';
import type { HubClient, HubCredential } from '../../sources/hub/hub.ts';
import { openHub, probeHub, type SignedIn } from '../../sources/hub/index.ts';
import type { AccountRecord } from '../../storage/accounts.ts';
import { Listeners } from '../listeners.ts';
import { Account } from './account.ts';
import { credentialText, parseCredential, tokenEnd } from './credential.ts';
import { HubDevices } from './hub-devices.ts';
import { type AccountsPorts, accountLabel, addressOf, hostOf } from './ports.ts';
import { noSecretToRevoke, noSuchAccount, notRevoked, stillSealed } from './problems.ts';
import { pvrSession, readPvrLogins } from './pvr-sessions.ts';
import { byBrowser, byPassword, byPvr } from './sign-in.ts';
import { type ApiToken, endsSoon, lookForEndingEvery } from './token-renewal.ts';

/** How long the hub may take to revoke a token before signing out goes on without it, in milliseconds. */
const revokeMs = 15_000;

/** The accounts on hubs: who is signed in where, with a client for each, announced to the fleet. */
export class Accounts {
  /** Something in the overview may be different now. */
  readonly changes = new Listeners<void>();
  readonly devices: HubDevices;
  readonly #ports: AccountsPorts;
  readonly #accounts = new Map<AccountId, Account>();
  readonly #leaving = new Map<AccountId, Promise<KnownProblem | undefined>>();
  readonly #ended = new Set<AccountId>();
  readonly #background = new Set<Promise<void>>();
  readonly #renewing = new Set<AccountId>();
  readonly #renewals: NodeJS.Timeout;
  readonly #stop = new AbortController();

  /** Opens the accounts that are stored; those of the simulated hub wait until it is adopted again. */
  constructor(ports: AccountsPorts) {
    this.#ports = ports;
    this.devices = new HubDevices(ports, (id) => this.#client(id));
    for (const record of ports.profile.accounts.all()) {
      const account = new Account(record, ports.now());
      this.#accounts.set(record.id, account);
      if (!record.demo) this.#open(account, this.#stored(record.id));
    }
    // Not where there are none: a database that was started afresh is no sign-out.
    if (this.#accounts.size > 0) this.#dropOrphans();
    this.#renewEnding();
    this.#renewals = setInterval(() => this.#renewEnding(), lookForEndingEvery).unref();
  }

  get overview(): HubOverview {
    const { secrets } = this.#ports.profile;
    const devices = new Map<AccountId, number>();
    for (const { record } of this.#ports.fleet.all()) {
      if (record.hub) devices.set(record.hub.accountId, (devices.get(record.hub.accountId) ?? 0) + 1);
    }
    const accounts = [...this.#accounts.values()].map((account) => account.overview(devices.get(account.record.id) ?? 0));
    return { accounts, secrets: secrets.keeping };
  }

  probe(address: HubAddress, signal: AbortSignal): Promise<HubProbe> {
    return probeHub(this.#asTrusted(address), { now: this.#ports.now, signal });
  }

  /**
   * Every way of signing in: BAD_INPUT or SECRETS_LOCKED where it could not be kept now, before the hub is asked; and what the hub
   * says. Signing in to a known account renews that account.
   */
  signInWithPassword(
    address: HubAddress,
    login: { readonly username: string; readonly password: string },
    signal: AbortSignal,
  ): Promise<AccountId> {
    return this.#signIn(this.#asTrusted(address), (at) => byPassword(at, login, this.#ports, signal));
  }

  async *signInWithBrowser(address: HubAddress, signal: AbortSignal): AsyncGenerator<BrowserSignIn, void> {
    this.#ports.profile.secrets.checkReady();
    const at = this.#asTrusted(address);
    yield* byBrowser(at, this.#ports, (signedIn) => this.#take(at, signedIn), signal);
  }

  signInFromPvr(address: HubAddress, signal: AbortSignal): Promise<AccountId> {
    return this.#signIn(this.#asTrusted(address), (at) => byPvr(at, this.#ports, signal));
  }

  /** Reads pvr's own file, which nobody else does. */
  async pvrSessions(): Promise<readonly PvrSession[]> {
    const logins = await readPvrLogins(this.#ports.pvrDir);
    return logins.map((login) => pvrSession(login, this.#ports.now()));
  }

  /** Signs out in any case; answers with why the hub could not be told, or why the secret is not gone yet. */
  async signOut(id: AccountId): Promise<KnownProblem | undefined> {
    const leaving = this.#leaving.get(id);
    if (leaving) return leaving;
    const left = this.#leave(this.#account(id)).finally(() => this.#leaving.delete(id));
    this.#leaving.set(id, left);
    return left;
  }

  /** Asks the hub now who we are and what devices there are. */
  async refresh(id: AccountId, signal: AbortSignal): Promise<void> {
    const account = this.#account(id);
    const { nick, email } = await this.#client(id).user(signal);
    this.#save(account, { ...account.record, nick, email });
    this.#ports.fleet.listAgain(id);
  }

  async quota(id: AccountId, signal: AbortSignal): ReturnType<HubClient['quota']> {
    return this.#client(id).quota(signal);
  }

  /** Keeps sign-ins in another way from now on; those that are here move there. */
  async chooseSecrets(choice: SecretChoice): Promise<void> {
    await this.#ports.profile.secrets.choose(choice);
    this.#record(`chose where sign-ins are kept: ${keepingWords[choice.kind]}`);
    this.changes.tell();
  }

  /** Accounts whose sign-ins were locked come up by themselves. SECRETS_LOCKED for a wrong passphrase. */
  async unlockSecrets(passphrase: string): Promise<void> {
    const { secrets } = this.#ports.profile;
    try {
      await secrets.unlock(passphrase);
    } finally {
      this.changes.tell();
    }
    this.#dropOrphans();
    for (const account of this.#accounts.values()) {
      const credential = account.credential === undefined ? this.#stored(account.record.id) : undefined;
      if (credential) account.renewWith(credential);
    }
    this.#renewEnding();
    this.changes.tell();
  }

  /** Signs in to the simulated hub, afresh at each start: its account keeps its id, and nothing secret. */
  async adopt(demo: { readonly url: string; readonly nick: string; readonly password: string }): Promise<AccountId> {
    const address = addressOf(demo);
    const login = { username: demo.nick, password: demo.password };
    const { user, credential } = await byPassword(address, login, this.#ports, this.#stop.signal);
    const known = [...this.#accounts.values()].find(({ record }) => record.demo && record.nick === user.nick);
    const record = { ...(known?.record ?? this.#fresh(true)), ...address, ...user, tokenEndsAt: tokenEnd(credential) };
    if (known) await this.#close(known, false);
    const account = known ?? this.#add(record);
    this.#save(account, record);
    this.#open(account, credential);
    return record.id;
  }

  /** Takes the simulated hub's accounts and devices away. */
  async dropDemo(): Promise<void> {
    for (const account of [...this.#accounts.values()]) if (account.record.demo) await this.#forget(account);
  }

  /** Ends all clients; accounts come up again at the next start. */
  async close(): Promise<void> {
    this.#stop.abort();
    clearInterval(this.#renewals);
    await Promise.all(this.#background);
    await Promise.all([...this.#accounts.values()].map((account) => account.client?.close()));
  }

  async #signIn(address: HubAddress, by: (address: HubAddress) => Promise<SignedIn>): Promise<AccountId> {
    this.#ports.profile.secrets.checkReady();
    return this.#take(address, await by(address));
  }

  /** Without a certificate, the one that an account of this hub was given before: whoever signs in again need not find it again. */
  #asTrusted(address: HubAddress): HubAddress {
    if (address.ca !== undefined) return address;
    const known = [...this.#accounts.values()].find(({ record }) => record.url === address.url && record.ca !== undefined);
    return known?.record.ca === undefined ? address : { ...address, ca: known.record.ca };
  }

  /** On disk before it is on the screen; a token that can't be kept is revoked again. */
  #take(address: HubAddress, { user, credential }: SignedIn, what = 'signed in to'): AccountId {
    const { profile } = this.#ports;
    const known = [...this.#accounts.values()].find(
      ({ record }) => !record.demo && record.url === address.url && record.prn === user.prn && !this.#leaving.has(record.id),
    );
    const record: AccountRecord = {
      ...(known?.record ?? this.#fresh(false)),
      url: address.url,
      ca: address.ca,
      ...user,
      tokenEndsAt: tokenEnd(credential),
    };
    try {
      profile.secrets.set(record.id, credentialText(credential));
      profile.accounts.save(record);
    } catch (error) {
      if (!known) profile.secrets.delete(record.id);
      this.#revokeLater(address, credential);
      throw error;
    }
    this.#record(`${what} ${hostOf(record.url)} as ${record.nick}`);
    if (known) this.#goOn(known, record, credential);
    else this.#open(this.#add(record), credential);
    return record.id;
  }

  #goOn(account: Account, record: AccountRecord, credential: HubCredential): void {
    const { record: before, credential: replaced } = account;
    account.record = record;
    if (replaced?.kind === 'api-token') this.#revokeLater(addressOf(record), replaced);
    if (record.ca === before.ca) {
      account.renewWith(credential);
      this.changes.tell();
    } else {
      const isWanted = () => this.#accounts.get(record.id) === account && !this.#leaving.has(record.id);
      this.#inBackground(this.#close(account, false).then(() => (isWanted() ? this.#open(account, credential) : undefined)));
    }
  }

  #add(record: AccountRecord): Account {
    const account = new Account(record, this.#ports.now());
    this.#accounts.set(record.id, account);
    return account;
  }

  #open(account: Account, credential: HubCredential | undefined): void {
    const { fleet, now } = this.#ports;
    const { record } = account;
    const opened = openHub(addressOf(record), credential, {
      now,
      onCredential: (renewed) => {
        if (account.client === client) this.#renewed(account, renewed);
      },
    });
    const client = withStatus(opened, () => account.status(this.#ports.profile.secrets, opened));
    account.speakThrough(client, credential);
    client.onStatus(() => this.#onStatus(account));
    fleet.attachAccount({ id: record.id, label: accountLabel(record.nick, record.url), demo: record.demo, client });
    this.changes.tell();
  }

  /** A personal token that ends soon gives a fresh one while it still works, and is revoked. One that fails is tried again later. */
  #renewEnding(): void {
    for (const account of this.#accounts.values()) {
      const { record, credential } = account;
      if (record.demo || this.#renewing.has(record.id) || !endsSoon(credential, this.#ports.now())) continue;
      this.#renewing.add(record.id);
      this.#inBackground(this.#exchange(account, credential).finally(() => this.#renewing.delete(record.id)));
    }
  }

  async #exchange(account: Account, ending: ApiToken): Promise<void> {
    const address = addressOf(account.record);
    const login = { username: ending.name, password: ending.secret };
    const fresh = await byPassword(address, login, this.#ports, this.#stop.signal);
    const isLeaving = this.#leaving.has(account.record.id);
    const isWanted = account.credential === ending && !isLeaving && fresh.credential.kind === 'api-token';
    if (isWanted && fresh.user.prn === account.record.prn) this.#take(address, fresh, 'renewed the token for');
    else this.#revokeLater(address, fresh.credential);
  }

  /** Secrets of accounts that were signed out while the file could not be opened. */
  #dropOrphans(): void {
    try {
      this.#ports.profile.secrets.retain(new Set(this.#accounts.keys()));
    } catch (error) {
      this.#ports.report(error);
    }
  }

  /** A session that the client renewed. Where it can't be kept, it is good for this run all the same. */
  #renewed(account: Account, credential: HubCredential): void {
    account.renewed(credential);
    if (account.record.demo || this.#stop.signal.aborted) return;
    try {
      this.#ports.profile.secrets.set(account.record.id, credentialText(credential));
    } catch (error) {
      this.#ports.report(error);
    }
  }

  #onStatus(account: Account): void {
    if (this.#stop.signal.aborted) return;
    const { record, credential, client } = account;
    const over = client?.status.kind === 'signed-out' && credential !== undefined;
    if (!over) this.#ended.delete(record.id);
    else if (!this.#ended.has(record.id)) {
      this.#ended.add(record.id);
      this.#record(`the hub ended the session of ${accountLabel(record.nick, record.url)}`, 'failed');
    }
    this.changes.tell();
  }

  async #leave(account: Account): Promise<KnownProblem | undefined> {
    const { record } = account;
    const host = hostOf(record.url);
    const refused = await this.#revoke(account).catch((error: unknown) => notRevoked(host, record.tokenEndsAt, error));
    const gone = record.demo || this.#ports.profile.secrets.delete(record.id);
    await this.#forget(account);
    this.#record(`signed out of ${host} as ${record.nick}`, refused === undefined ? 'ok' : 'failed');
    return gone ? refused : stillSealed(host);
  }

  async #revoke({ client, credential }: Account): Promise<undefined> {
    if (client === undefined || credential === undefined) throw noSecretToRevoke();
    await client.revoke(AbortSignal.any([this.#stop.signal, AbortSignal.timeout(revokeMs)]));
  }

  async #forget(account: Account): Promise<void> {
    const { id } = account.record;
    await this.#close(account, true);
    this.#accounts.delete(id);
    this.#ended.delete(id);
    this.#ports.profile.accounts.remove(id);
    this.changes.tell();
  }

  async #close(account: Account, forget: boolean): Promise<void> {
    const { client } = account;
    account.speakThrough(undefined, undefined);
    await this.#ports.fleet.detachAccount(account.record.id, { forget });
    await client?.close();
  }

  /** Ends a token that nobody uses any more, as far as the hub can be told now. */
  #revokeLater(address: HubAddress, credential: HubCredential): void {
    const client = openHub(address, credential, { now: this.#ports.now, onCredential: () => undefined });
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(revokeMs)]);
    this.#inBackground(client.revoke(signal).finally(() => client.close()));
  }

  #inBackground(work: Promise<void>): void {
    const done = work
      .catch((error: unknown) => {
        if (!(error instanceof TrailbossError)) this.#ports.report(error);
      })
      .finally(() => this.#background.delete(done));
    this.#background.add(done);
  }

  #fresh(demo: boolean): Pick<AccountRecord, 'id' | 'demo' | 'addedAt' | 'ca'> {
    return { id: AccountId.parse(randomUUID()), demo, addedAt: this.#ports.now(), ca: undefined };
  }

  #save(account: Account, record: AccountRecord): void {
    this.#ports.profile.accounts.save(record);
    account.record = record;
    this.changes.tell();
  }

  #stored(id: AccountId): HubCredential | undefined {
    const text = this.#ports.profile.secrets.get(id);
    return text === undefined ? undefined : parseCredential(text);
  }

  #account(id: AccountId): Account {
    const account = this.#accounts.get(id);
    if (!account) throw noSuchAccount();
    return account;
  }

  #client(id: AccountId): HubClient {
    const { client } = this.#account(id);
    if (!client) throw noSuchAccount();
    return client;
  }

  #record(what: string, result: 'ok' | 'failed' = 'ok'): void {
    this.#ports.profile.activity.record({ what, result });
  }
}

const keepingWords: Readonly<Record<SecretChoice['kind'], string>> = {
  keyring: "in the system's keyring",
  memory: 'in memory, until Trailboss ends',
  passphrase: 'in a file under a passphrase',
};

/** The client, which knows why it has no credential when asked for its status. */
function withStatus(client: HubClient, status: () => AccountStatus): HubClient {
  const told: HubClient = Object.create(client, { status: { get: status, enumerable: true } });
  return told;
}
