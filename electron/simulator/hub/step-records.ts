/** Trails and their steps as they are stored (hub: trails/trailmodels). */
import { flagOf, type HubDatabase, isDuplicate, numberOf, type Row, textOf } from './database.ts';
import { devicePrn, isSha256, storageId } from './ids.ts';
import { openStates, type StateRecords } from './state-records.ts';

export interface Trail {
  /** The device's. */
  readonly id: string;
  readonly owner: string;
  /** Go's zero time where 0. */
  readonly lastTouched: number;
  readonly factorySha: string;
  /** JSON text: storage ids. */
  readonly usedObjects: string;
  readonly garbage: boolean;
}

export interface Step {
  /** `<device>-<rev>`. */
  readonly id: string;
  readonly trail: string;
  readonly rev: number;
  readonly owner: string;
  readonly committer: string;
  readonly message: string;
  readonly stateSha: string;
  readonly status: string;
  /** Canonical JSON texts. */
  readonly progress: string;
  readonly meta: string;
  readonly usedObjects: string;
  readonly garbage: boolean;
  readonly stepTime: number;
  /** 0 until its device has reported. */
  readonly progressTime: number;
  readonly created: number;
  readonly modified: number;
}

export interface Changes {
  readonly after?: number;
  readonly before?: number;
  readonly limit: number;
}

export interface StepRecords {
  readonly states: StateRecords;
  /** Garbage left out, here and wherever nothing else is said. */
  trail(id: string): Trail | undefined;
  trailsOf(owner: string): readonly Trail[];
  /** False where it is there already. */
  insertTrail(trail: Trail): boolean;
  touch(id: string, at: number): void;
  step(trail: string, rev: number | string): Step | undefined;
  /** Ascending by revision. */
  stepsOf(trail: string): readonly Step[];
  head(trail: string): Step | undefined;
  /** The one that was posted or reported on last. */
  lastChanged(trail: string): Step | undefined;
  /** False where that revision is there already. */
  insert(step: Step): boolean;
  replace(step: Step): void;
  /** A device's trail and steps, when it is deleted. */
  markGarbage(device: string): void;
  /** Garbage too. */
  changedSteps(owner: string, changes: Changes): readonly Step[];
  changedTrails(owner: string, changes: Changes): readonly Trail[];
  /** A state's objects under its owner's storage ids, as JSON. */
  usedObjects(owner: string, stateSha: string): string;
}

export function openSteps(database: HubDatabase): StepRecords {
  const states = openStates(database);
  const used = new Map<string, string>();
  const changed = (
    table: 'steps' | 'trails',
    column: string,
    owner: string,
    { after, before, limit }: Changes,
  ): readonly Row[] =>
    after !== undefined
      ? database.all(`SELECT * FROM ${table} WHERE owner = ? AND ${column} > ? ORDER BY ${column} LIMIT ?`, owner, after, limit)
      : database.all(
          `SELECT * FROM ${table} WHERE owner = ? AND ${column} < ? ORDER BY ${column} DESC LIMIT ?`,
          ...[owner, before ?? 0, limit],
        );
  return {
    states,
    trail(id) {
      const row = database.get('SELECT * FROM trails WHERE id = ? AND garbage = 0', id.toLowerCase());
      return row ? trailOf(row) : undefined;
    },
    trailsOf: (owner) => database.all('SELECT * FROM trails WHERE owner = ? AND garbage = 0 ORDER BY rowid', owner).map(trailOf),
    insertTrail: (trail) =>
      inserted(() =>
        database.run(
          'INSERT INTO trails VALUES (?, ?, 0, ?, ?, ?, ?)',
          ...[trail.id, trail.owner, trail.lastTouched, trail.factorySha, trail.usedObjects, Number(trail.garbage)],
        ),
      ),
    touch(id, at) {
      database.run('UPDATE trails SET last_touched = ? WHERE id = ? AND garbage = 0', at, id.toLowerCase());
    },
    step(trail, rev) {
      const row = database.get('SELECT * FROM steps WHERE id = ? AND garbage = 0', `${trail.toLowerCase()}-${rev}`);
      return row ? stepOf(row) : undefined;
    },
    stepsOf: (trail) =>
      database.all('SELECT * FROM steps WHERE trail = ? AND garbage = 0 ORDER BY rev', trail.toLowerCase()).map(stepOf),
    lastChanged(trail) {
      const sql = 'SELECT * FROM steps WHERE trail = ? AND garbage = 0 ORDER BY modified DESC, rev DESC LIMIT 1';
      const row = database.get(sql, trail.toLowerCase());
      return row ? stepOf(row) : undefined;
    },
    head(trail) {
      const sql = 'SELECT * FROM steps WHERE trail = ? AND garbage = 0 ORDER BY rev DESC LIMIT 1';
      const row = database.get(sql, trail.toLowerCase());
      return row ? stepOf(row) : undefined;
    },
    insert: (step) =>
      inserted(() =>
        database.run(
          'INSERT INTO steps VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
          ...[step.id, step.trail, step.rev, step.owner, step.committer, step.message, step.stateSha, step.status],
          ...[step.progress, step.meta, step.usedObjects, Number(step.garbage)],
          ...[step.stepTime, step.progressTime, step.created, step.modified],
        ),
      ),
    replace(step) {
      database.run(
        `UPDATE steps SET state_sha = ?, status = ?, progress = ?, meta = ?, used_objects = ?, step_time = ?, progress_time = ?,
         modified = ? WHERE id = ?`,
        ...[step.stateSha, step.status, step.progress, step.meta, step.usedObjects],
        ...[step.stepTime, step.progressTime, step.modified, step.id],
      );
    },
    markGarbage(device) {
      database.run('UPDATE trails SET garbage = 1 WHERE id = ?', device);
      database.run('UPDATE steps SET garbage = 1 WHERE trail = ?', device);
    },
    changedSteps: (owner, changes) => changed('steps', 'modified', owner, changes).map(stepOf),
    changedTrails: (owner, changes) => changed('trails', 'last_touched', owner, changes).map(trailOf),
    usedObjects(owner, stateSha) {
      const key = `${owner} ${stateSha}`;
      const known = used.get(key);
      if (known !== undefined) return known;
      const objects = states.objects(stateSha).filter(({ name, sha }) => !name.endsWith('.json') && isSha256(sha));
      const text = JSON.stringify(objects.map(({ sha }) => storageId(owner, sha)));
      if (used.size > 2000) used.clear();
      used.set(key, text);
      return text;
    },
  };
}

function inserted(insert: () => void): boolean {
  try {
    insert();
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

function trailOf(row: Row): Trail {
  return {
    id: textOf(row, 'id'),
    owner: textOf(row, 'owner'),
    lastTouched: numberOf(row, 'last_touched'),
    factorySha: textOf(row, 'factory_sha'),
    usedObjects: textOf(row, 'used_objects'),
    garbage: flagOf(row, 'garbage'),
  };
}

function stepOf(row: Row): Step {
  return {
    id: textOf(row, 'id'),
    trail: textOf(row, 'trail'),
    rev: numberOf(row, 'rev'),
    owner: textOf(row, 'owner'),
    committer: textOf(row, 'committer'),
    message: textOf(row, 'msg'),
    stateSha: textOf(row, 'state_sha'),
    status: textOf(row, 'status'),
    progress: textOf(row, 'progress'),
    meta: textOf(row, 'meta'),
    usedObjects: textOf(row, 'used_objects'),
    garbage: flagOf(row, 'garbage'),
    stepTime: numberOf(row, 'step_time'),
    progressTime: numberOf(row, 'progress_time'),
    created: numberOf(row, 'created'),
    modified: numberOf(row, 'modified'),
  };
}

/** The prn of a step's or trail's device. */
export function deviceOf(of: Trail | Step): string {
  return devicePrn('trail' in of ? of.trail : of.id);
}
