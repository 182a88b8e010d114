import { skipToken, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { KnownProblem } from '../../../shared/contract/errors.ts';
import { type DeviceId, DraftId } from '../../../shared/contract/ids.ts';
import { type ParsedState, parseState } from '../../../shared/state/state.ts';
import { orpc, problemOf, useLive } from '../../rpc.ts';
import { strings } from '../../strings/compare.ts';

const draftPrefix = 'draft:';

/** One side of a comparison, as it is named in the address: a revision, `current`, or `draft:ID`. */
export type Side =
  | { readonly kind: 'loading'; readonly label: string }
  | { readonly kind: 'failed'; readonly label: string; readonly problem: KnownProblem }
  | {
      readonly kind: 'ready';
      readonly label: string;
      /** The revision that it is; undefined for a draft. */
      readonly revision: string | undefined;
      readonly text: string;
      readonly parsed: ParsedState;
    };

/** Reads one side; a draft stays current while it is edited elsewhere. */
export function useSide(deviceId: DeviceId, ref: string): Side {
  const draftId = ref.startsWith(draftPrefix) ? DraftId.safeParse(ref.slice(draftPrefix.length)) : undefined;
  const revision = useQuery(
    orpc.device.state.queryOptions({
      input: draftId === undefined ? { id: deviceId, revision: ref } : skipToken,
      staleTime: 30_000,
    }),
  );
  const draft = useLive(orpc.draft.watch, draftId?.success ? { draftId: draftId.data } : skipToken);
  const label = draftId === undefined ? (revision.data?.revision ?? ref) : strings.draftOf(draft.data?.base.revision);
  const text = draftId === undefined ? revision.data?.text : draft.data?.text;
  const error = draftId === undefined ? revision.error : draft.error;
  const name = draftId === undefined ? revision.data?.revision : undefined;
  return useMemo((): Side => {
    if (text !== undefined) return { kind: 'ready', label, revision: name, text, parsed: parseState(text) };
    return error === null ? { kind: 'loading', label } : { kind: 'failed', label, problem: problemOf(error) };
  }, [text, error, label, name]);
}
