import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Draft } from '../../../../shared/contract/draft.ts';
import type { PreflightFacts } from '../../../../shared/forecast/preflight-types.ts';
import type { StateDocument } from '../../../../shared/state/state.ts';
import { orpc } from '../../../rpc.ts';
import { useSignatureVerdicts } from '../../preflight/useSignatureVerdicts.ts';

/** The device is asked again so long after the draft came to refer to other objects. Milliseconds. */
const calm = 600;

/** What is known of the device that a draft goes to: asked again when the draft comes to refer to other objects, not at every key. */
export function useDraftFacts(draft: Draft, next: StateDocument, onHub: boolean): PreflightFacts {
  const objects = useMemo(() => next.entries.flatMap((entry) => (entry.kind === 'object' ? entry.sha : [])).join(' '), [next]);
  const [asked] = useDebouncedValue(objects, calm);
  const options = orpc.update.facts.queryOptions({
    input: { draftId: draft.id },
    staleTime: 30_000,
    retry: false,
    placeholderData: keepPreviousData,
  });
  const known = useQuery({ ...options, queryKey: [...options.queryKey, asked] }).data;
  const signatures = useSignatureVerdicts(draft, next);
  return useMemo(() => ({ ...known, signatures, ...(onHub && { via: 'hub' as const }) }), [known, signatures, onHub]);
}
