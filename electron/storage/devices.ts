import { z } from 'zod';
import { LanConnection } from '../../shared/contract/connection.ts';
import { DeviceId } from '../../shared/contract/ids.ts';
import type { Database, Row } from './database.ts';
import { readableRows } from './readable-rows.ts';

/** A device that the person added. */
export interface DeviceRecord {
  readonly id: DeviceId;
  readonly name: string;
  readonly connection: LanConnection;
  /** Its name in the simulated fleet, where it is one of those; the person may call it otherwise. */
  readonly demo: string | undefined;
  readonly addedAt: number;
}

/** What was last known of a device, to show at once after a restart. */
export const DeviceFacts = z.object({
  running: z.string().optional(),
  board: z.string().optional(),
  arch: z.string().optional(),
  version: z.string().optional(),
  mode: z.string().optional(),
  heardAt: z.number().optional(),
});
export type DeviceFacts = z.infer<typeof DeviceFacts>;

const DeviceRow = z.object({
  id: DeviceId,
  name: z.string(),
  connection: z.string().transform((text) => LanConnection.parse(JSON.parse(text))),
  demo: z
    .string()
    .nullable()
    .transform((name) => name ?? undefined),
  added_at: z.number(),
});

export class DeviceStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  all(): readonly DeviceRecord[] {
    return readableRows(this.#database.all('SELECT * FROM devices ORDER BY added_at, id'), record);
  }

  save(device: DeviceRecord): void {
    this.#database.run(
      `INSERT INTO devices (id, name, connection, demo, added_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, connection = excluded.connection`,
      device.id,
      device.name,
      JSON.stringify(device.connection),
      device.demo ?? null,
      device.addedAt,
    );
  }

  /** Forgets the device with everything that hangs on it. */
  remove(id: DeviceId): void {
    this.#database.run('DELETE FROM devices WHERE id = ?', id);
  }

  facts(id: DeviceId): DeviceFacts {
    const rows = this.#database.all('SELECT facts FROM device_facts WHERE device_id = ?', id);
    return readableRows(rows, (row) => DeviceFacts.parse(JSON.parse(String(row.facts))))[0] ?? {};
  }

  saveFacts(id: DeviceId, facts: DeviceFacts): void {
    this.#database.run(
      'INSERT INTO device_facts (device_id, facts) VALUES (?, ?) ON CONFLICT (device_id) DO UPDATE SET facts = excluded.facts',
      id,
      JSON.stringify(facts),
    );
  }
}

function record(row: Row): DeviceRecord {
  const { added_at: addedAt, ...rest } = DeviceRow.parse(row);
  return { ...rest, addedAt };
}
