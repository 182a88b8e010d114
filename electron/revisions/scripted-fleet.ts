/** For tests: several devices in memory behind links whose answers can be refused, lost or held up, and the rooms that move them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeviceId, SeriesId } from '../../shared/contract/ids.ts';
import type { Series, SeriesItem } from '../../shared/contract/series.ts';
import { Fleet } from '../fleet/fleet.ts';
import type { Source } from '../sources/source.ts';
import { openProfile } from '../storage/profile.ts';
import { Drafts } from './drafts.ts';
import { FileIntake } from './file-intake.ts';
import { FleetStates } from './fleet-states.ts';
import { ScriptedDevice } from './scripted-device.ts';
import { SeriesRoom } from './series.ts';
import { States } from './states.ts';
import { Updates } from './updates.ts';

/** A state with containers and what each one's run.json says beside its name. */
export function stateWith(containers: Readonly<Record<string, string>>): string {
  const entries = Object.entries(containers).map(([name, more]) => `"${name}/run.json":{"name":"${name}","type":"lxc"${more}}`);
  return `{"#spec":"pantavisor-service-system@1",${entries.join(',')}}`;
}

export class ScriptedFleet {
  readonly devices: readonly ScriptedDevice[];
  readonly reported: unknown[] = [];
  readonly dir = mkdtempSync(join(tmpdir(), 'trailboss-series-'));
  rooms: ReturnType<typeof this.open>;
  readonly ids: readonly DeviceId[];

  /** A device for each state, running it. */
  constructor(states: readonly string[]) {
    this.devices = states.map((state) => {
      const device = new ScriptedDevice();
      device.steps.set('locals/base', { state, status: 'DONE', date: '2026-01-01T00:00:00Z' });
      return device;
    });
    this.rooms = this.open();
    this.ids = this.devices.map((_device, at) => {
      const connection = { host: '127.0.0.1', http: { port: at + 1 }, ssh: null };
      return this.rooms.fleet.add({ name: `d${at}`, connection, demo: 'scripted' }).record.id;
    });
  }

  device(at: number): ScriptedDevice {
    const device = this.devices[at];
    if (device === undefined) throw new Error(`there is no device ${at}`);
    return device;
  }

  id(at: number): DeviceId {
    const id = this.ids[at];
    if (id === undefined) throw new Error(`there is no device ${at}`);
    return id;
  }

  /** A draft on the first device with this text. */
  async draft(text: string) {
    const draft = await this.rooms.drafts.create(this.id(0), 'current', AbortSignal.timeout(5000));
    this.rooms.profile.drafts.save({ ...draft, text });
    return draft.id;
  }

  /** Waits until a series looks like this; what its updates tell is looked at too. */
  async until(id: SeriesId, wanted: (series: Series) => boolean): Promise<Series> {
    const { series, updates } = this.rooms;
    for (;;) {
      const view = series.get(id);
      if (wanted(view)) return view;
      await new Promise<void>((resolve) => {
        const ends = [series.changes, updates.changes].map((changes) =>
          changes.add(() => {
            for (const end of ends) end();
            resolve();
          }),
        );
      });
    }
  }

  /** As a `kill -9` and a new start: nothing that was under way goes on, and what was written stays. */
  async restart(): Promise<void> {
    await this.crash();
    this.resume();
  }

  /** Ends as after a `kill -9`; the profile is open again, and nothing goes on yet. */
  async crash(): Promise<void> {
    for (const device of this.devices) device.dead = true;
    await this.#closeRooms();
    for (const device of this.devices) device.dead = false;
    this.rooms = this.open();
  }

  /** Goes on with what was under way. */
  resume(): void {
    this.rooms.updates.resumeOpen();
    this.rooms.series.resumeOpen();
  }

  async close(): Promise<void> {
    await this.#closeRooms();
    rmSync(this.dir, { recursive: true, force: true });
  }

  async #closeRooms(): Promise<void> {
    await this.rooms.series.close();
    await this.rooms.fleet.close();
    await this.rooms.updates.close();
    this.rooms.profile.close();
  }

  open() {
    const now = () => Date.now();
    const profile = openProfile(this.dir, now);
    const report = (error: unknown) => this.reported.push(error);
    const source: Source = { kind: 'lan', open: ({ http }) => this.device((http?.port ?? 0) - 1).link() };
    const fleet = new Fleet({ profile, source, now, report });
    const states = new States(fleet, profile.revisions);
    const intake = new FileIntake(profile.objects);
    const drafts = new Drafts({ drafts: profile.drafts, objects: profile.objects, intake, states, now });
    const updates = new Updates({ fleet, profile, drafts, states, now, report });
    const series = new SeriesRoom({ fleet, profile, states, drafts, updates, now, report });
    const fleetStates = new FleetStates({ fleet, store: profile.revisions, states, drafts, report });
    return { profile, fleet, states, drafts, updates, series, fleetStates };
  }
}

/** The states of a series' items in order. */
export function statesOf({ items }: Series): readonly SeriesItem['state'][] {
  return items.map(({ state }) => state);
}
