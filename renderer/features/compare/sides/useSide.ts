import { skipToken, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { KnownProblem } from '../../../../shared/contract/errors.ts';
import type { DeviceId, DraftId } from '../../../../shared/contract/ids.ts';
import { stateSha } from '../../../../shared/state/canonical.ts';
import { type ParsedState, parseState } from '../../../../shared/state/state.ts';
import { orpc, problemOf, useLive } from '../../../rpc.ts';
import { strings } from '../../../strings/compare.ts';
import { useFleet } from '../../fleet/useFleet.ts';
import { parseSide, runningNow } from './sideRef.ts';

/** What is known of a side whatever became of reading it. */
interface SideFacts {
  /** Whose state it is; a draft's is known as soon as the draft is. */
  readonly deviceId: DeviceId;
  /** The device's name; empty until it is known. */
  readonly device: string;
  /** The revision's name, or what a draft is called. */
  readonly name: string;
  readonly draft: boolean;
  readonly draftId: DraftId | undefined;
  /** What it is called where it stands alone: with the device's name where that is not the one the screen is about. */
  readonly label: string;
}

/** One side of a comparison. */
export type Side = SideFacts &
  (
    | { readonly kind: 'loading' }
    | {
        readonly kind: 'failed';
        readonly problem: KnownProblem;
        /** Reads it again; absent where that can't help. */
        readonly retry: (() => void) | undefined;
      }
    | {
        readonly kind: 'ready';
        /** The revision that it is; undefined for a draft. */
        readonly revision: string | undefined;
        readonly text: string;
        readonly parsed: ParsedState;
        /** The state sha as pvr and the hub compute it; empty for a text that has none. */
        readonly sha: string;
      }
  );

const unreadable: KnownProblem = {
  code: 'BAD_INPUT',
  what: strings.unreadableSide,
  unchanged: '',
  next: strings.unreadableSideNext,
};

/**
 * Reads one side of a comparison that is about the device `home`, from whichever device it is of. A draft stays current while it is
 * edited elsewhere, and the running revision while its device moves.
 */
export function useSide(home: DeviceId, side: string): Side {
  const ref = useMemo(() => parseSide(home, side), [home, side]);
  const fleet = useFleet().data;
  const draft = useLive(orpc.draft.watch, ref.kind === 'draft' ? { draftId: ref.draftId } : skipToken);
  const asked = ref.kind === 'revision' ? ref : undefined;
  const running = asked === undefined ? undefined : fleet?.devices.get(asked.deviceId)?.running?.revision;
  const wanted = asked?.revision === runningNow && fleet !== undefined ? (running ?? runningNow) : asked?.revision;
  const state = useQuery(
    orpc.device.state.queryOptions({
      input: asked === undefined || wanted === undefined ? skipToken : { id: asked.deviceId, revision: wanted },
      staleTime: 30_000,
      retry: false,
    }),
  );
  const isDraft = ref.kind === 'draft';
  const deviceId = (isDraft ? draft.data?.deviceId : asked?.deviceId) ?? home;
  const device = fleet?.devices.get(deviceId)?.name ?? '';
  const name = isDraft
    ? draftName(draft.data)
    : (state.data?.revision ?? (wanted === runningNow ? strings.runningNow : (wanted ?? side)));
  const text = isDraft ? draft.data?.text : state.data?.text;
  const error = isDraft ? draft.error : state.error;
  const { isFetching: fetching, refetch } = isDraft ? draft : state;
  const revision = isDraft ? undefined : state.data?.revision;
  const knownSha = isDraft ? undefined : state.data?.sha;
  return useMemo((): Side => {
    const draftId = ref.kind === 'draft' ? ref.draftId : undefined;
    const facts = { deviceId, device, name, draft: isDraft, draftId, label: deviceId === home ? name : `${device} · ${name}` };
    if (ref.kind === 'unreadable') return { ...facts, kind: 'failed', problem: unreadable, retry: undefined };
    if (text !== undefined) {
      return { ...facts, kind: 'ready', revision, text, parsed: parseState(text), sha: knownSha ?? shaOf(text) };
    }
    if (error === null || fetching) return { ...facts, kind: 'loading' };
    return { ...facts, kind: 'failed', problem: problemOf(error), retry: () => refetch() };
  }, [ref, home, deviceId, device, name, isDraft, text, error, fetching, refetch, revision, knownSha]);
}

function draftName(draft: { readonly title: string; readonly base: { readonly revision: string } } | undefined): string {
  return draft === undefined || draft.title === '' ? strings.draftOf(draft?.base.revision) : draft.title;
}

function shaOf(text: string): string {
  try {
    return stateSha(text);
  } catch {
    return '';
  }
}
