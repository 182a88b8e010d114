import type { Draft } from '../../../shared/contract/draft.ts';
import type { Forecast } from '../../../shared/forecast/index.ts';
import { setJson } from '../../../shared/state/edit.ts';
import type { StateDocument } from '../../../shared/state/state.ts';
import type { EditorRemark } from '../../ui/monaco/MonacoEditor.tsx';

/** Something that a person should look at before posting. `key` leads to the entry. */
export interface DraftProblem {
  readonly severity: 'blocks' | 'warns';
  readonly key: string | undefined;
  readonly line: number | undefined;
  readonly text: string;
}

export interface ProblemFacts {
  readonly draft: Draft;
  readonly state: StateDocument;
  readonly forecast: Forecast | undefined;
  /** What the editor says about the entry that is open. */
  readonly remarks: { readonly key: string; readonly list: readonly EditorRemark[] } | undefined;
}

/** What stands in the way of posting, and what looks wrong, the worst first. */
export function draftProblems({ draft, state, forecast, remarks }: ProblemFacts): readonly DraftProblem[] {
  const problems: DraftProblem[] = [];
  if (forecast !== undefined && forecast.kind !== 'move') {
    problems.push({ severity: 'warns', key: undefined, line: undefined, text: stopSentence(forecast) });
  }
  for (const [key, text] of Object.entries(draft.unfinished)) {
    problems.push({ severity: 'blocks', key, line: undefined, text: unfinishedReason(state, key, text) });
  }
  for (const remark of remarks?.list ?? []) {
    const open = remarks?.key;
    if (open !== undefined && draft.unfinished[open] !== undefined && remark.severity === 'error') continue;
    problems.push({ severity: 'warns', key: open, line: remark.line, text: remark.text });
  }
  return problems.sort((one, other) => rank(one) - rank(other));
}

/** Why a typed text is not taken into the state, as a sentence. */
export function unfinishedReason(state: StateDocument, key: string, text: string): string {
  const tried = setJson(state, key, text);
  if (tried.ok) return '';
  const prefix = `${JSON.stringify(key)}: `;
  const reason = tried.reason.startsWith(prefix) ? tried.reason.slice(prefix.length) : tried.reason;
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}

function stopSentence(forecast: Exclude<Forecast, { kind: 'move' }>): string {
  return forecast.kind === 'refused'
    ? `The device will refuse it: ${forecast.reason}.`
    : `It would crash the device’s daemon: ${forecast.reason}.`;
}

function rank(problem: DraftProblem): number {
  return problem.severity === 'blocks' ? 0 : 1;
}
