import type { Progress } from '../../../shared/progress/report.ts';
import type { RevisionName } from '../../../shared/state/ids.ts';
import type { StepReport } from '../source.ts';
import type { PvCtrl } from './pv-ctrl.ts';

/** How many cut-short progresses are asked for in one reading; the others come with the next ones. */
const asksPerReading = 6;

/**
 * Reads the timeline whole: where the list shows `{}` for a progress (longer than some 500 bytes: a failure with logs), the
 * revision's own progress is asked for, and kept as long as the list goes on showing `{}`.
 */
export class TimelineReader {
  readonly #full = new Map<RevisionName, Progress>();

  async read(ctrl: PvCtrl, signal: AbortSignal): Promise<readonly StepReport[]> {
    const steps = await ctrl.timeline(signal);
    for (const step of steps) if (step.progress !== undefined) this.#full.delete(step.name);
    const unknown = steps.filter((step) => step.progress === undefined && !this.#full.has(step.name)).toReversed();
    for (const { name } of unknown.slice(0, asksPerReading)) {
      const progress = await ctrl.progress(name, signal);
      if (progress !== undefined && progress.status !== '') this.#full.set(name, progress);
    }
    return steps.map((step) => (step.progress === undefined ? { ...step, progress: this.#full.get(step.name) } : step));
  }

  /** The revision is run again: what was kept about it is about to change. */
  forget(revision: RevisionName): void {
    this.#full.delete(revision);
  }
}
