import type { Draft } from '../../shared/contract/draft.ts';
import type { DraftStore } from '../storage/drafts.ts';
import { type DraftContent, objectsApart, patchBetween, patched } from './draft-patch.ts';

/** What one edit is called by in undo and redo. Edits of one run that follow each other are one step. */
export interface EditName {
  readonly label: string;
  /** `within`: an edit that comes later than so many milliseconds after the one before it begins a step of its own. */
  readonly run?: { readonly id: string; readonly within: number } | undefined;
}

/** The steps of a draft, kept beside it so that they outlive the program. */
export class DraftHistory {
  readonly #store: DraftStore;

  constructor(store: DraftStore) {
    this.#store = store;
  }

  /** Stores an edited draft with the step that takes it back; an edit that changed nothing is none. Answers with the labels of now. */
  record(before: Draft, after: Draft, { label, run }: EditName): Draft {
    return this.#store.together(() => {
      const { steps } = this.#store;
      this.#store.save(after);
      if (isSame(before, after)) return labelled(after, steps.labels(after.id));
      const last = steps.last(before.id);
      const joins =
        run !== undefined && last?.run === run.id && before.redo === undefined && after.changedAt - last.at <= run.within;
      const first: DraftContent = joins ? patched(before, last.patch) : before;
      if (joins && isSame(first, after)) steps.dropLast(after.id);
      else {
        const shas = objectsApart(first, after);
        const named = joins ? last.label : label;
        const step = { label: named, ...(run && { run: run.id }), at: after.changedAt, shas, patch: patchBetween(after, first) };
        steps.push(after.id, step, joins);
      }
      return labelled(after, steps.labels(after.id));
    });
  }

  /** The draft as it was before its last edit, or as it was before that was undone, stored; undefined when there is no such edit. */
  step(draft: Draft, by: 'undo' | 'redo', now: number): Draft | undefined {
    return this.#store.together(() => {
      const { steps } = this.#store;
      const step = by === 'undo' ? steps.last(draft.id) : steps.undone(draft.id);
      if (step === undefined) return undefined;
      const moved: Draft = { ...draft, ...patched(draft, step.patch), version: draft.version + 1, changedAt: now };
      this.#store.save(moved);
      steps.move(draft.id, step, by, patchBetween(moved, draft));
      return labelled(moved, steps.labels(draft.id));
    });
  }
}

function labelled({ undo: _undo, redo: _redo, ...draft }: Draft, labels: Pick<Draft, 'undo' | 'redo'>): Draft {
  return { ...draft, ...labels };
}

function isSame(one: DraftContent, other: DraftContent): boolean {
  return (
    one.text === other.text &&
    one.base.text === other.base.text &&
    one.base.revision === other.base.revision &&
    JSON.stringify([one.unfinished, one.objects]) === JSON.stringify([other.unfinished, other.objects])
  );
}
