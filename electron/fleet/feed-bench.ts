/** For tests: an account on a hub with the real client, and a fleet whose clock a test may set ahead. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { vi } from 'vitest';
import type { DeviceSummary } from '../../shared/contract/fleet.ts';
import { AccountId } from '../../shared/contract/hub.ts';
import { ScriptedDevice } from '../revisions/scripted-device.ts';
import { type HubClient, openHub, signInWithPassword } from '../sources/hub/index.ts';
import type { Source } from '../sources/source.ts';
import { openProfile, type Profile } from '../storage/profile.ts';
import type { DeviceWatch } from './device-watch.ts';
import { Fleet } from './fleet.ts';

const never = new AbortController().signal;
export const account = AccountId.parse('a1');

/** A simulated hub with a user1, as far as this needs to know it. */
interface RunningHub {
  readonly url: string;
  close(): Promise<void>;
}

export const signIn = (url: string) =>
  signInWithPassword({ url }, { username: 'user1', password: 'user1' }, { now: Date.now, computer: 'bench', signal: never });

export class FeedBench<Hub extends RunningHub> {
  readonly dir = mkdtempSync(join(tmpdir(), 'trailboss-feed-'));
  readonly reported: unknown[] = [];
  readonly lan = new ScriptedDevice();
  identity: string | undefined;
  ahead = 0;
  profile: Profile;
  fleet: Fleet;
  readonly hub: Hub;
  readonly client: HubClient;
  readonly #database: DatabaseSync;

  private constructor(hub: Hub, client: HubClient, dir: string) {
    this.hub = hub;
    this.client = client;
    this.#database = new DatabaseSync(join(dir, 'hub.db'), { timeout: 5000 });
    [this.profile, this.fleet] = this.#open();
  }

  /** `startHub` starts it with its data in the folder that is given. */
  static async start<Hub extends RunningHub>(startHub: (dir: string) => Promise<Hub>): Promise<FeedBench<Hub>> {
    const dir = mkdtempSync(join(tmpdir(), 'trailboss-hub-'));
    const hub = await startHub(dir);
    const { credential } = await signIn(hub.url);
    const client = openHub({ url: hub.url }, credential, { now: Date.now, onCredential: () => undefined });
    return new FeedBench(hub, client, dir);
  }

  attach(): void {
    this.fleet.attachAccount({ id: account, label: 'user1 · hub', demo: false, client: this.client });
  }

  /** Attaches the account and waits until so many devices are there. */
  async listed(count: number): Promise<void> {
    this.attach();
    await vi.waitUntil(() => this.fleet.all().length >= count && this.fleet.work().length === 0, { timeout: 20_000 });
  }

  row(name: string): DeviceSummary {
    return this.watch(name).summary;
  }

  watch(name: string): DeviceWatch {
    const watch = this.fleet.all().find(({ record }) => record.hub?.nick === name || record.name === name);
    if (!watch) throw new Error(`there is no device ${name}`);
    return watch;
  }

  /** The interval passes. */
  later(milliseconds = 70_000): void {
    this.ahead += milliseconds;
  }

  /** What devices tell the hub, thousands at once. */
  write(sql: string, ...values: readonly (string | number)[]): void {
    this.#database.prepare(sql).run(...values);
  }

  /** Closes the fleet and opens it again on the same profile; the account is not there yet. */
  async reopen(): Promise<void> {
    await this.fleet.close();
    this.profile.close();
    [this.profile, this.fleet] = this.#open();
  }

  async close(): Promise<void> {
    await this.fleet.close();
    await this.client.close();
    this.profile.close();
    this.#database.close();
    await this.hub.close();
    rmSync(this.dir, { recursive: true, force: true });
  }

  #open(): [Profile, Fleet] {
    const now = () => Date.now() + this.ahead;
    const profile = openProfile(this.dir, now);
    const source: Source = {
      kind: 'lan',
      open: () => {
        const link = this.lan.link();
        const readHubIdentity = async () => (this.identity === undefined ? undefined : { deviceId: this.identity });
        return new Proxy(link, {
          get: (target, key) => (key === 'readHubIdentity' ? readHubIdentity : Reflect.get(target, key)),
        });
      },
    };
    const fleet = new Fleet({ profile, source, now, report: (error) => this.reported.push(error) });
    fleet.audience.join();
    return [profile, fleet];
  }
}
