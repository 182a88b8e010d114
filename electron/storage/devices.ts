import { z } from 'zod';
import { LanConnection } from '../../shared/contract/connection.ts';
import { HubPlace } from '../../shared/contract/fleet.ts';
import { DeviceId } from '../../shared/contract/ids.ts';
import type { Database, Row } from './database.ts';
import { DeviceFacts } from './device-facts.ts';
import { readableRows } from './readable-rows.ts';

export type { DeviceFacts } from './device-facts.ts';

/** A device that the person added, that a hub listed, or both. */
export interface DeviceRecord {
  readonly id: DeviceId;
  readonly name: string;
  /** How it is reached on the local network; null where it is known from a hub only. */
  readonly connection: LanConnection | null;
  readonly hub?: HubPlace | undefined;
  /** Its name in the simulated fleet, where it is one of those; the person may call it otherwise. */
  readonly demo: string | undefined;
  readonly addedAt: number;
}

/** What is kept of a device at once: who it is, or only what was heard of it. */
export interface DeviceChange {
  readonly id: DeviceId;
  readonly record?: DeviceRecord;
  readonly facts?: DeviceFacts;
}

/** Checked in steps, as ten thousand of them are read before the first is shown: texts first, then what is in them. */
const DeviceRow = z.object({
  id: DeviceId,
  name: z.string(),
  connection: z.string(),
  hub: z.string().nullable(),
  demo: z.string().nullable(),
  added_at: z.number(),
});

export class DeviceStore {
  readonly #database: Database;
  /** As they were read last; undefined once one of them is another. */
  #all: readonly DeviceRecord[] | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  all(): readonly DeviceRecord[] {
    this.#all ??= readableRows(this.#database.all('SELECT * FROM devices ORDER BY added_at, id'), record);
    return this.#all;
  }

  save(device: DeviceRecord): void {
    this.#all = undefined;
    this.#database.run(
      `INSERT INTO devices (id, name, connection, hub, demo, added_at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, connection = excluded.connection, hub = excluded.hub, demo = excluded.demo`,
      device.id,
      device.name,
      JSON.stringify(device.connection),
      device.hub ? JSON.stringify(device.hub) : null,
      device.demo ?? null,
      device.addedAt,
    );
  }

  /** Keeps all of these, or none. */
  saveAll(changes: readonly DeviceChange[]): void {
    this.#database.transaction(() => {
      for (const { id, record: device, facts } of changes) {
        if (device) this.save(device);
        if (facts) this.saveFacts(id, facts);
      }
    });
  }

  /** Forgets the device with everything that hangs on it. */
  remove(id: DeviceId): void {
    this.#all = undefined;
    this.#database.run('DELETE FROM devices WHERE id = ?', id);
  }

  removeAll(ids: readonly DeviceId[]): void {
    this.#database.transaction(() => {
      for (const id of ids) this.remove(id);
    });
  }

  /** Whether the person has work on this device: a draft, or an update that was begun. */
  hasWork(id: DeviceId): boolean {
    const row = this.#database.get(
      'SELECT EXISTS (SELECT 1 FROM drafts WHERE device_id = ?1) OR EXISTS (SELECT 1 FROM updates WHERE device_id = ?1) AS work',
      id,
    );
    return row?.work === 1;
  }

  /**
   * Two records turned out to be one device: what hangs on `gone` moves to the survivor, which is kept as given; nothing is lost.
   * A revision that both have stays the survivor's, with a state that only the other one had.
   */
  merge(gone: DeviceId, survivor: DeviceRecord, facts: DeviceFacts): void {
    const database = this.#database;
    database.transaction(() => {
      for (const table of ['drafts', 'updates', 'activity', 'series_items']) {
        database.run(`UPDATE ${table} SET device_id = ? WHERE device_id = ?`, survivor.id, gone);
      }
      database.run(
        "UPDATE updates SET journal = json_set(journal, '$.deviceId', device_id) WHERE device_id = ? AND json_valid(journal)",
        survivor.id,
      );
      database.run('UPDATE OR IGNORE revisions SET device_id = ? WHERE device_id = ?', survivor.id, gone);
      database.run(
        `UPDATE revisions SET state_hash = (SELECT other.state_hash FROM revisions AS other WHERE other.device_id = ?2 AND other.name = revisions.name)
         WHERE device_id = ?1 AND state_hash IS NULL AND name IN (SELECT name FROM revisions WHERE device_id = ?2)`,
        survivor.id,
        gone,
      );
      this.remove(gone);
      this.save(survivor);
      this.saveFacts(survivor.id, facts);
    });
  }

  facts(id: DeviceId): DeviceFacts {
    const rows = this.#database.all('SELECT facts FROM device_facts WHERE device_id = ?', id);
    return readableRows(rows, readFacts)[0] ?? {};
  }

  /** All that is known of devices, by id. Of ten thousand few are needed at once: each is read when somebody asks for it. */
  allFacts(): ReadonlyMap<string, () => DeviceFacts> {
    const rows = this.#database.all('SELECT device_id, facts FROM device_facts');
    return new Map(rows.map((row) => [String(row.device_id), () => readableRows([row], readFacts)[0] ?? {}]));
  }

  saveFacts(id: DeviceId, facts: DeviceFacts): void {
    this.#database.run(
      'INSERT INTO device_facts (device_id, facts) VALUES (?, ?) ON CONFLICT (device_id) DO UPDATE SET facts = excluded.facts',
      id,
      JSON.stringify(facts),
    );
  }
}

function readFacts(row: Row): DeviceFacts {
  return DeviceFacts.parse(JSON.parse(String(row.facts)));
}

function record(row: Row): DeviceRecord {
  const { id, name, connection, hub, demo, added_at: addedAt } = DeviceRow.parse(row);
  return {
    id,
    name,
    connection: connection === 'null' ? null : LanConnection.parse(JSON.parse(connection)),
    hub: hub === null ? undefined : HubPlace.parse(JSON.parse(hub)),
    demo: demo ?? undefined,
    addedAt,
  };
}
