import type { Draft } from '../../../../shared/contract/draft.ts';
import type { Forecast } from '../../../../shared/forecast/index.ts';
import { setJson } from '../../../../shared/state/edit.ts';
import { hubKeyProblem } from '../../../../shared/state/entry-problems.ts';
import { inexactEntries } from '../../../../shared/state/inexact.ts';
import { type ProblemFix, stateProblems } from '../../../../shared/state/problems.ts';
import type { StateDocument } from '../../../../shared/state/state.ts';
import { strings } from '../../../strings/draft.ts';
import type { EditorRemark } from '../../../ui/monaco/MonacoEditor.tsx';
import type { EntryChecks } from './entryChecks.ts';

/**
 * Something that a person should look at before posting. `blocks`: the draft can't be posted so; `fails`: the device refuses it, or the
 * update fails; `warns`: likely not what was meant. `key` leads to the entry, `pointer` (RFC 6901) to the place in it.
 */
export interface DraftProblem {
  readonly severity: 'blocks' | 'fails' | 'warns';
  readonly key: string | undefined;
  readonly pointer?: string;
  readonly line: number | undefined;
  readonly text: string;
  readonly fix?: ProblemFix;
}

export interface ProblemFacts {
  readonly draft: Pick<Draft, 'unfinished'>;
  readonly state: StateDocument;
  readonly forecast: Forecast | undefined;
  /** What the editor says about the entry that is open. */
  readonly remarks: { readonly key: string; readonly list: readonly EditorRemark[] } | undefined;
  /** The draft goes over a hub, or may. */
  readonly onHub: boolean;
  readonly checks: EntryChecks;
}

/** What stands in the way of posting, and what looks wrong, the worst first. */
export function draftProblems({ draft, state, forecast, remarks, onHub, checks }: ProblemFacts): readonly DraftProblem[] {
  const problems: DraftProblem[] = [];
  for (const [key, text] of Object.entries(draft.unfinished)) {
    problems.push({ severity: 'blocks', key, line: undefined, text: unfinishedReason(state, key, text) });
  }
  for (const { severity, key, pointer, text, fix } of stateProblems(state)) {
    const line = pointer === '' ? undefined : checks.lineOf(state.byKey.get(key), pointer);
    problems.push({ severity: severity === 'error' ? 'fails' : 'warns', key, pointer, line, text, ...(fix && { fix }) });
  }
  if (forecast !== undefined && forecast.kind !== 'move') {
    const key = keyNamed(forecast.reason, state);
    const told = /no group/.test(forecast.reason) && problems.some((one) => one.key === key && one.pointer === '/group');
    if (!told) problems.push({ severity: 'fails', key, line: undefined, text: stopSentence(forecast) });
  }
  const open = remarks !== undefined && draft.unfinished[remarks.key] === undefined ? remarks : undefined;
  for (const { line, text } of open?.list ?? []) problems.push({ severity: 'warns', key: open?.key, line, text });
  for (const entry of state.entries) {
    if (onHub) {
      const text = hubKeyProblem(entry.key);
      if (text !== undefined) problems.push({ severity: 'warns', key: entry.key, line: undefined, text });
    }
    // The editor says it of the text as it is typed.
    if (entry.kind !== 'json' || entry.key === open?.key || draft.unfinished[entry.key] !== undefined) continue;
    for (const remark of checks.remarksOf(entry)) {
      if (remark.onlyHub && !onHub) continue;
      problems.push({ severity: 'warns', key: entry.key, line: remark.line, text: remark.text });
    }
  }
  for (const key of onHub ? inexactEntries(state) : []) {
    problems.push({ severity: 'warns', key, line: undefined, text: strings.problem.inexact });
  }
  return problems.sort((one, other) => rank[one.severity] - rank[other.severity]);
}

/** Why a typed text is not taken into the state, as a sentence. */
export function unfinishedReason(state: StateDocument, key: string, text: string): string {
  const tried = setJson(state, key, text);
  if (tried.ok) return '';
  const prefix = `${JSON.stringify(key)}: `;
  const reason = tried.reason.startsWith(prefix) ? tried.reason.slice(prefix.length) : tried.reason;
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}

/** The entry that the device's reason begins with. */
function keyNamed(reason: string, state: StateDocument): string | undefined {
  const word = /^[^\s:,]+/.exec(reason)?.[0];
  return word !== undefined && state.byKey.has(word) ? word : undefined;
}

function stopSentence(forecast: Exclude<Forecast, { kind: 'move' }>): string {
  return forecast.kind === 'refused' ? strings.problem.refused(forecast.reason) : strings.problem.crash(forecast.reason);
}

const rank: Record<DraftProblem['severity'], number> = { blocks: 0, fails: 1, warns: 2 };
