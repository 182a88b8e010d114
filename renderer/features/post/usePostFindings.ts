import { useDeferredValue, useMemo } from 'react';
import type { Via } from '../../../shared/contract/connection.ts';
import type { Draft } from '../../../shared/contract/draft.ts';
import type { PostPlan } from '../../../shared/contract/update.ts';
import type { Forecast } from '../../../shared/forecast/index.ts';
import { moveFindings, type PreflightFinding, preflight } from '../../../shared/forecast/preflight.ts';
import { parseState } from '../../../shared/state/state.ts';
import { useSignatureVerdicts } from '../preflight/useSignatureVerdicts.ts';

interface Posted {
  readonly draft: Draft | undefined;
  /** What the device gets. */
  readonly text: string | undefined;
  readonly via: Via | undefined;
  readonly plan: PostPlan | undefined;
  readonly forecast: Forecast | undefined;
}

const nothing: readonly PreflightFinding[] = [];

/** What preflight says of the text that would be posted, with what the plan knows of the device. The revision's name is the form's own matter. */
export function usePostFindings({ draft, text, via, plan, forecast }: Posted): readonly PreflightFinding[] {
  const state = useMemo(() => {
    const parsed = text === undefined ? undefined : parseState(text);
    return parsed?.ok ? parsed.state : undefined;
  }, [text]);
  const signatures = useSignatureVerdicts(draft, state);
  const facts = plan?.facts;
  const found = useMemo(
    () => (text === undefined ? nothing : preflight(text, { ...facts, via, signatures })),
    [text, facts, via, signatures],
  );
  const moves = useMemo(() => (forecast === undefined ? nothing : moveFindings(forecast, state)), [forecast, state]);
  return useDeferredValue(useMemo(() => (moves.length === 0 ? found : [...found, ...moves]), [found, moves]));
}
