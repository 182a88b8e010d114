import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { SignatureReport, SignedState } from '../../../shared/contract/signature.ts';
import { type Coverage, coverageOf } from '../../../shared/signatures/coverage.ts';
import { type SignatureEffects, signatureEffects } from '../../../shared/signatures/effect.ts';
import type { StateDocument } from '../../../shared/state/state.ts';
import { client } from '../../rpc.ts';
import { changedSinceHeld, rememberHeld } from './heldStates.ts';
import { type Row, type SignatureRow, signatureRows } from './signatureRows.ts';

/** The key of every report; what is trusted changes them all. */
export const reportsKey = ['signature reports'];

interface Told {
  readonly report: SignatureReport;
  /** The state that was verified. */
  readonly state: StateDocument;
}

export interface Signatures {
  readonly rows: readonly Row[];
  readonly coverage: Coverage;
  readonly sinceBase: SignatureEffects | undefined;
  readonly error: Error | null;
}

const nothing: SignatureEffects = {
  broken: [],
  signedAgain: [],
  added: [],
  gone: [],
  losesCoverage: [],
  gainsCoverage: [],
  newUncovered: [],
};

/**
 * The signatures of a state as they stand now. What an edit does to them is computed here and shown at once; verifying, which needs
 * keys and certificates, follows from the backend. `stamp` names this very state: another one asks again.
 */
export function useSignatures(of: SignedState, state: StateDocument, base: StateDocument | undefined, stamp: string): Signatures {
  const coverage = useMemo(() => coverageOf(state), [state]);
  const { data: told, error } = useQuery({
    queryKey: [...reportsKey, of, stamp],
    queryFn: async ({ signal }): Promise<Told> => {
      const report = await client.signature.report({ of }, { signal });
      rememberHeld(report, state);
      return { report, state };
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    // Every version of a draft would stay with its whole state.
    gcTime: 0,
    enabled: coverage.signatures.length > 0,
  });
  const since = useMemo(
    () => (told === undefined || told.state.text === state.text ? nothing : signatureEffects(told.state, state)),
    [told, state],
  );
  const sinceBase = useMemo(() => (base === undefined ? undefined : signatureEffects(base, state)), [base, state]);
  const rows = useMemo(() => {
    const first = signatureRows(coverage, told?.report, since, sinceBase);
    const unexplained = first.flatMap((row) => (row.kind === 'signature' && isUnexplained(row) ? [row.id] : []));
    if (unexplained.length === 0) return first;
    const why = changedSinceHeld(coverage, new Set(unexplained), state);
    return first.map((row) =>
      row.kind === 'signature' && isUnexplained(row) ? { ...row, brokenBy: why.get(row.id) ?? [] } : row,
    );
  }, [coverage, told, since, sinceBase, state]);
  return { rows, coverage, sinceBase, error };
}

/** Broken, and no comparison with the base says by what: it was made, or made anew, since. */
function isUnexplained({ verdict, brokenBy }: SignatureRow): boolean {
  return verdict === 'broken' && brokenBy.length === 0;
}
