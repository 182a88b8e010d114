/** For tests: the rooms that move a device which is known from a hub, and where it is wanted from the local network too. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccountId } from '../../shared/contract/hub.ts';
import type { DeviceId, DraftId, UpdateId } from '../../shared/contract/ids.ts';
import type { UpdateView } from '../../shared/contract/update.ts';
import { Fleet } from '../fleet/fleet.ts';
import type { HubClient } from '../sources/hub/hub.ts';
import type { Source } from '../sources/source.ts';
import { openProfile } from '../storage/profile.ts';
import { Drafts } from './drafts.ts';
import { FileIntake } from './file-intake.ts';
import { ScriptedDevice } from './scripted-device.ts';
import { States } from './states.ts';
import { Updates } from './updates.ts';

export const soon = () => AbortSignal.timeout(10_000);
const accountId = AccountId.parse('bench');

export class HubBench {
  readonly device: ScriptedDevice;
  readonly dir = mkdtempSync(join(tmpdir(), 'trailboss-hub-bench-'));
  readonly reported: unknown[] = [];
  /** Added to this computer's clock. */
  ahead = 0;
  readonly #client: () => HubClient;
  readonly #now = () => Date.now() + this.ahead;
  rooms: ReturnType<typeof this.open>;

  /** @param client opens the account; called again at each start */
  constructor(client: () => HubClient, device = new ScriptedDevice()) {
    this.#client = client;
    this.device = device;
    this.rooms = this.open();
  }

  /** The device once its account has listed it. */
  async found(): Promise<DeviceId> {
    const { fleet } = this.rooms;
    for (;;) {
      const [watch] = fleet.all();
      if (watch?.hub) return this.looked(watch.record.id);
      await new Promise<void>((resolve) => {
        const stop = fleet.events.add(() => {
          stop();
          resolve();
        });
      });
    }
  }

  /** Somebody looks at it, so that it is asked often. */
  looked(id: DeviceId): DeviceId {
    this.rooms.fleet.device(id).view();
    return id;
  }

  /** A draft of the device's running revision, with this text. */
  async draft(id: DeviceId, text: string): Promise<{ draftId: DraftId; version: number }> {
    const { drafts, profile } = this.rooms;
    const draft = await drafts.create(id, 'current', soon());
    profile.drafts.save({ ...draft, text });
    return { draftId: draft.id, version: draft.version };
  }

  async post(id: DeviceId, name: string, text: string): Promise<UpdateId> {
    const draft = await this.draft(id, text);
    return this.rooms.updates.post({ ...draft, name, message: 'From the bench', via: 'hub' }, soon());
  }

  /** Waits until an update looks like this. */
  async update(id: UpdateId, wanted: (view: UpdateView) => boolean): Promise<UpdateView> {
    const { updates } = this.rooms;
    for (;;) {
      const view = updates.get(id);
      if (wanted(view)) return view;
      await new Promise<void>((resolve) => {
        const stop = updates.changes.add(() => {
          stop();
          resolve();
        });
      });
    }
  }

  /** As a `kill -9` and a new start: nothing that was under way goes on, and what was written stays. */
  async restart(): Promise<void> {
    await this.#closeRooms();
    this.rooms = this.open();
    this.rooms.updates.resumeOpen();
    for (const watch of this.rooms.fleet.all()) this.looked(watch.record.id);
  }

  async close(): Promise<void> {
    await this.#closeRooms();
    rmSync(this.dir, { recursive: true, force: true });
  }

  async #closeRooms(): Promise<void> {
    const { fleet, updates, profile, client } = this.rooms;
    await fleet.close();
    await updates.close();
    await client.close();
    profile.close();
  }

  open() {
    const now = this.#now;
    const profile = openProfile(this.dir, now);
    const report = (error: unknown) => this.reported.push(error);
    const source: Source = { kind: 'lan', open: () => this.device.link() };
    const fleet = new Fleet({ profile, source, now, report });
    fleet.audience.join();
    const client = this.#client();
    fleet.attachAccount({ id: accountId, label: 'bench · hub', demo: true, client });
    const states = new States(fleet, profile.revisions);
    const intake = new FileIntake(profile.objects);
    const drafts = new Drafts({ drafts: profile.drafts, objects: profile.objects, intake, states, now });
    const updates = new Updates({ fleet, profile, drafts, states, now, report });
    return { profile, fleet, states, drafts, intake, updates, client };
  }
}
