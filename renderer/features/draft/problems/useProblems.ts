import { useDeferredValue, useMemo, useState } from 'react';
import type { Draft } from '../../../../shared/contract/draft.ts';
import type { Forecast } from '../../../../shared/forecast/index.ts';
import type { PreflightFacts } from '../../../../shared/forecast/preflight-types.ts';
import type { StateDocument } from '../../../../shared/state/state.ts';
import type { EditorRemark } from '../../../ui/monaco/MonacoEditor.tsx';
import { type DraftProblem, draftFindings, draftProblems } from './draftProblems.ts';
import { createEntryChecks } from './entryChecks.ts';

export type OpenRemarks = { readonly key: string; readonly list: readonly EditorRemark[] } | undefined;

/** The remarks from before where nothing new is said: what is underlined follows from them, and being underlined is told again. */
export function sameRemarks(before: OpenRemarks, now: OpenRemarks): OpenRemarks {
  return JSON.stringify(before) === JSON.stringify(now) ? before : now;
}

/** The draft's problems, found after what was typed is shown. */
export function useProblems(
  { unfinished }: Draft,
  state: StateDocument,
  forecast: Forecast | undefined,
  remarks: OpenRemarks,
  device: PreflightFacts,
): readonly DraftProblem[] {
  const [checks] = useState(createEntryChecks);
  const facts = useDeferredValue(useMemo(() => ({ unfinished, state, forecast, device }), [unfinished, state, forecast, device]));
  // Remarks come with every key; what the device makes of the whole state changes with the state alone.
  const findings = useMemo(
    () => draftFindings(facts.state, facts.forecast, facts.device),
    [facts.state, facts.forecast, facts.device],
  );
  return useMemo(
    () => draftProblems({ draft: facts, state: facts.state, findings, remarks, checks }),
    [facts, findings, remarks, checks],
  );
}
