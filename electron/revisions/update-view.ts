import type { ProgressReport, UpdateView } from '../../shared/contract/update.ts';
import type { UpdateJournal } from '../storage/updates.ts';
import { comparedWithForecast } from './fidelity-lines.ts';

/** The journal as the screens see it: the verdict with what preflight had said, as the fidelity page counts it. */
export function viewOf(journal: UpdateJournal, reports: readonly ProgressReport[]): UpdateView {
  const { outcome } = journal;
  if (outcome === undefined) return { ...journal, reports: [...reports] };
  const verdict = comparedWithForecast(journal)?.lines ?? outcome.verdict;
  return { ...journal, outcome: { ...outcome, verdict: [...verdict] }, reports: [...reports] };
}
