import type { Draft } from '../../../../shared/contract/draft.ts';
import type { Forecast } from '../../../../shared/forecast/index.ts';
import { moveFindings, type PreflightFacts, type PreflightFinding, preflight } from '../../../../shared/forecast/preflight.ts';
import { setJson } from '../../../../shared/state/edit.ts';
import type { StateDocument } from '../../../../shared/state/state.ts';
import type { EditorRemark } from '../../../ui/monaco/MonacoEditor.tsx';
import type { ShownFinding } from '../../preflight/FindingList.tsx';
import { severities } from '../../preflight/severity.ts';
import type { EntryChecks } from './entryChecks.ts';

/** Something that a person should look at before posting. `key` leads to the entry, `pointer` (RFC 6901) to the place in it. */
export interface DraftProblem extends ShownFinding {
  readonly pointer?: string | undefined;
}

export interface ProblemFacts {
  readonly draft: Pick<Draft, 'unfinished'>;
  readonly state: StateDocument;
  readonly findings: readonly PreflightFinding[];
  /** What the editor says about the entry that is open. */
  readonly remarks: { readonly key: string; readonly list: readonly EditorRemark[] } | undefined;
  readonly checks: EntryChecks;
}

/** What preflight says of a draft; `facts` are of the device and of the way that it will go. The move itself is forecast already. */
export function draftFindings(
  state: StateDocument,
  forecast: Forecast | undefined,
  facts: PreflightFacts,
): readonly PreflightFinding[] {
  return [...preflight(state.text, facts), ...(forecast === undefined ? [] : moveFindings(forecast, state))];
}

/** What stands in the way of posting, what preflight says, and what looks wrong in single entries, the worst first. */
export function draftProblems({ draft, state, findings, remarks, checks }: ProblemFacts): readonly DraftProblem[] {
  const problems: DraftProblem[] = [];
  for (const [key, text] of Object.entries(draft.unfinished)) {
    problems.push({ severity: 'blocks', key, line: undefined, text: unfinishedReason(state, key, text) });
  }
  for (const { rule: _rule, ...finding } of findings) {
    const { key } = finding;
    const pointer = key === undefined ? undefined : (finding.pointer ?? '');
    problems.push({ ...finding, pointer, line: lineOf(finding, state, checks) });
  }
  const told = new Set(problems.map(({ key, line }) => `${key}:${line}`));
  const open = remarks !== undefined && draft.unfinished[remarks.key] === undefined ? remarks : undefined;
  const remark = (key: string, line: number, text: string) => {
    // What a value does to the device is said already where it is not what its document allows.
    if (!told.has(`${key}:${line}`)) problems.push({ severity: 'notice', key, line, text });
  };
  if (open !== undefined) for (const { line, text } of open.list) remark(open.key, line, text);
  for (const entry of state.entries) {
    // The editor says it of the text as it is typed.
    if (entry.kind !== 'json' || entry.key === open?.key || draft.unfinished[entry.key] !== undefined) continue;
    for (const { line, text, onlyHub } of checks.remarksOf(entry)) if (!onlyHub) remark(entry.key, line, text);
  }
  return problems.sort((one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity));
}

/** Where in its entry a finding is: by its pointer, or by what the entry's own check says in the same words. */
function lineOf(
  { key, pointer, text }: Pick<PreflightFinding, 'key' | 'pointer' | 'text'>,
  state: StateDocument,
  checks: EntryChecks,
): number | undefined {
  const entry = key === undefined ? undefined : state.byKey.get(key);
  if (entry?.kind !== 'json') return undefined;
  if (pointer !== undefined && pointer !== '') return checks.lineOf(entry, pointer);
  return checks.remarksOf(entry).find((remark) => remark.text === text)?.line;
}

/** Why a typed text is not taken into the state, as a sentence. */
export function unfinishedReason(state: StateDocument, key: string, text: string): string {
  const tried = setJson(state, key, text);
  if (tried.ok) return '';
  const prefix = `${JSON.stringify(key)}: `;
  const reason = tried.reason.startsWith(prefix) ? tried.reason.slice(prefix.length) : tried.reason;
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}
