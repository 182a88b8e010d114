import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import type { Draft } from '../../../shared/contract/draft.ts';
import type { PreflightFacts } from '../../../shared/forecast/preflight-types.ts';
import { signatureEntries } from '../../../shared/signatures/coverage.ts';
import type { StateDocument } from '../../../shared/state/state.ts';
import { orpc } from '../../rpc.ts';

/** What verifying the draft's signatures finds, by the signature's name; undefined where there are none, or it is not known yet. */
export function useSignatureVerdicts(draft: Draft | undefined, state: StateDocument | undefined): PreflightFacts['signatures'] {
  const signed = state !== undefined && draft !== undefined && signatureEntries(state).length > 0;
  const options = orpc.signature.report.queryOptions({
    input: signed ? { of: { kind: 'draft', draftId: draft.id } } : skipToken,
    retry: false,
    placeholderData: keepPreviousData,
  });
  const report = useQuery({ ...options, queryKey: [...options.queryKey, draft?.version] });
  return signed ? report.data?.signatures : undefined;
}
