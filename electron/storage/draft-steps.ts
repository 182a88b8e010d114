import { z } from 'zod';
import { type DraftId, Instant } from '../../shared/contract/ids.ts';
import type { Database, Row } from './database.ts';
import { readableRows } from './readable-rows.ts';

/** What a step is called by and what may join it. `shas`: objects that only one of the states before and after it needs. */
const StepNote = z.object({
  label: z.string(),
  /** Steps of one run become one: typing in one entry, files that came together. */
  run: z.string().optional(),
  at: Instant,
  shas: z.array(z.string()),
});
export type StepNote = z.infer<typeof StepNote>;

/** One step of a draft's history; `patch` leads from the side where the draft is to the other one. */
export interface DraftStep extends StepNote {
  readonly seq: number;
  readonly patch: Uint8Array;
}

const StepRow = z.object({
  seq: z.number(),
  step: z.string().transform((text) => StepNote.parse(JSON.parse(text))),
  patch: z.instanceof(Uint8Array),
});

/** So many steps of a draft, and bytes of their patches, are kept; the oldest go first. */
const keptSteps = 200;
const keptBytes = 8 * 1024 * 1024;

/** The history of each draft: numbered steps, of which the first `steps_done` of the draft's row are done and the others undone. */
export class DraftSteps {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** What undo would take back and redo bring again. */
  labels(id: DraftId): { readonly undo?: string; readonly redo?: string } {
    const done = this.done(id);
    const [undo, redo] = [done, done + 1].map((seq) => this.#step(id, seq)?.label);
    return { ...(undo !== undefined && { undo }), ...(redo !== undefined && { redo }) };
  }

  /** The step that undo takes back, with the patch that does it. */
  last(id: DraftId): DraftStep | undefined {
    return this.#step(id, this.done(id));
  }

  /** The step that redo brings again, with the patch that does it. */
  undone(id: DraftId): DraftStep | undefined {
    return this.#step(id, this.done(id) + 1);
  }

  all(id: DraftId): readonly DraftStep[] {
    return readableRows(this.#database.all('SELECT * FROM draft_steps WHERE draft_id = ? ORDER BY seq', id), read);
  }

  /** Adds a step, or puts it in the place of the last one; what was undone is forgotten, and so are the oldest beyond the limits. */
  push(id: DraftId, step: Omit<DraftStep, 'seq'>, joined: boolean): void {
    const seq = this.done(id) + (joined ? 0 : 1);
    this.#database.run('DELETE FROM draft_steps WHERE draft_id = ? AND seq >= ?', id, seq);
    this.#write(id, { ...step, seq });
    this.#setDone(id, seq);
    this.#trim(id, seq);
  }

  /** Forgets the last step: it came back to where it began. */
  dropLast(id: DraftId): void {
    const seq = this.done(id);
    this.#database.run('DELETE FROM draft_steps WHERE draft_id = ? AND seq >= ?', id, seq);
    this.#setDone(id, seq - 1);
  }

  /** Goes one step back or forth; `patch` leads to the side that was left. */
  move(id: DraftId, step: DraftStep, by: 'undo' | 'redo', patch: Uint8Array): void {
    this.#database.run('UPDATE draft_steps SET patch = ? WHERE draft_id = ? AND seq = ?', patch, id, step.seq);
    this.#setDone(id, by === 'undo' ? step.seq - 1 : step.seq);
  }

  /** Gives a draft that was brought back its history again. */
  putBack(id: DraftId, steps: readonly DraftStep[], done: number): void {
    for (const step of steps) this.#write(id, step);
    this.#setDone(id, done);
  }

  /** Objects that some step back or forth would need again. */
  objects(): readonly string[] {
    const rows = this.#database.all('SELECT step FROM draft_steps');
    return readableRows(rows, (row) => StepNote.parse(JSON.parse(z.string().parse(row.step))).shas).flat();
  }

  /** How many steps are done; those behind them were undone. */
  done(id: DraftId): number {
    return Number(this.#database.get('SELECT steps_done FROM drafts WHERE id = ?', id)?.steps_done ?? 0);
  }

  #setDone(id: DraftId, seq: number): void {
    this.#database.run('UPDATE drafts SET steps_done = ? WHERE id = ?', seq, id);
  }

  #step(id: DraftId, seq: number): DraftStep | undefined {
    const row = this.#database.get('SELECT * FROM draft_steps WHERE draft_id = ? AND seq = ?', id, seq);
    return row === undefined ? undefined : readableRows([row], read)[0];
  }

  #write(id: DraftId, { seq, patch, ...note }: DraftStep): void {
    const step = JSON.stringify(StepNote.parse(note));
    this.#database.run('INSERT INTO draft_steps (draft_id, seq, step, patch) VALUES (?, ?, ?, ?)', id, seq, step, patch);
  }

  /** The newest step stays, however large it is. */
  #trim(id: DraftId, newest: number): void {
    this.#database.run('DELETE FROM draft_steps WHERE draft_id = ? AND seq <= ?', id, newest - keptSteps);
    this.#database.run(
      `DELETE FROM draft_steps WHERE draft_id = ?1 AND seq < ?2 AND seq <= (
         SELECT max(seq) FROM (
           SELECT seq, sum(length(patch)) OVER (ORDER BY seq DESC) AS bytes FROM draft_steps WHERE draft_id = ?1
         ) WHERE bytes > ?3)`,
      id,
      newest,
      keptBytes,
    );
  }
}

function read(row: Row): DraftStep {
  const { seq, step, patch } = StepRow.parse(row);
  return { ...step, seq, patch };
}
