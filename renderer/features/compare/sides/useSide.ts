import { skipToken, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { KnownProblem } from '../../../../shared/contract/errors.ts';
import type { DeviceId, DraftId } from '../../../../shared/contract/ids.ts';
import { stateSha } from '../../../../shared/state/canonical.ts';
import { type ParsedState, parseState } from '../../../../shared/state/state.ts';
import { orpc, problemOf, useLive } from '../../../rpc.ts';
import { strings } from '../../../strings/compare.ts';
import { useCheckout, useCheckoutText } from '../../checkouts/useCheckout.ts';
import { useFleet } from '../../fleet/useFleet.ts';
import type { ObjectSource } from '../useEntryText.ts';
import { lastName, parseSide, runningNow, type SideRef } from './sideRef.ts';

/** What is known of a side whatever became of reading it. */
interface SideFacts {
  /** What it is. */
  readonly of: SideRef['kind'];
  /** Whose state it is; a draft's is known as soon as the draft is. Undefined for a checkout and an export. */
  readonly deviceId: DeviceId | undefined;
  /** Where its objects are read from. */
  readonly objects: ObjectSource;
  /** The name of the device or the checkout; empty until it is known, and for an export. */
  readonly device: string;
  /** The revision's name, or what a draft, a checkout's state or an export is called. */
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
        /** The revision that it is; undefined for a draft, a checkout and an export. */
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

/** What reading a side has come to. */
interface Reading {
  readonly name: string;
  readonly device?: string;
  readonly deviceId?: DeviceId | undefined;
  readonly revision?: string | undefined;
  readonly text: string | undefined;
  readonly sha?: string | undefined;
  readonly error: Error | null;
  readonly problem?: KnownProblem | undefined;
  readonly fetching: boolean;
  readonly retry: () => unknown;
}

/**
 * Reads one side of a comparison that is about the device `home`, or about none, from wherever it is. A draft stays current while it is
 * edited elsewhere, the running revision while its device moves, and a checkout while its files change.
 */
export function useSide(home: DeviceId | undefined, side: string): Side {
  const ref = useMemo(() => parseSide(home, side), [home, side]);
  const fleet = useFleet().data;
  const revision = useRevision(ref);
  const draft = useDraftReading(ref);
  const checkout = useCheckoutReading(ref);
  const exported = useExport(ref);
  const read = { revision, draft, checkout, export: exported, unreadable: revision }[ref.kind];
  const deviceId = read.deviceId ?? (ref.kind === 'draft' ? home : undefined);
  const device = read.device ?? (deviceId === undefined ? '' : (fleet?.devices.get(deviceId)?.name ?? ''));
  const { name, text, sha, error, problem, fetching, retry } = read;
  const named = read.revision;
  return useMemo((): Side => {
    const facts: SideFacts = {
      of: ref.kind,
      deviceId,
      objects: objectsOf(ref, deviceId),
      device,
      name,
      draft: ref.kind === 'draft',
      draftId: ref.kind === 'draft' ? ref.draftId : undefined,
      label: device === '' || (deviceId !== undefined && deviceId === home) ? name : `${device} · ${name}`,
    };
    if (ref.kind === 'unreadable') return { ...facts, kind: 'failed', problem: unreadable, retry: undefined };
    if (problem !== undefined) return { ...facts, kind: 'failed', problem, retry: undefined };
    if (text !== undefined) {
      return { ...facts, kind: 'ready', revision: named, text, parsed: parseState(text), sha: sha ?? shaOf(text) };
    }
    if (error === null || fetching) return { ...facts, kind: 'loading' };
    return { ...facts, kind: 'failed', problem: problemOf(error), retry: () => void retry() };
  }, [ref, home, deviceId, device, name, named, text, sha, error, problem, fetching, retry]);
}

function objectsOf(ref: SideRef, deviceId: DeviceId | undefined): ObjectSource {
  if (ref.kind === 'checkout') return { kind: 'checkout', id: ref.id };
  return deviceId === undefined ? { kind: 'none' } : { kind: 'device', id: deviceId };
}

function useRevision(ref: SideRef): Reading {
  const fleet = useFleet().data;
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
  return {
    name: state.data?.revision ?? (wanted === runningNow ? strings.runningNow : (wanted ?? '')),
    deviceId: asked?.deviceId,
    revision: state.data?.revision,
    text: state.data?.text,
    sha: state.data?.sha,
    error: state.error,
    fetching: state.isFetching,
    retry: state.refetch,
  };
}

function useDraftReading(ref: SideRef): Reading {
  const { data, error, isFetching, refetch } = useLive(
    orpc.draft.watch,
    ref.kind === 'draft' ? { draftId: ref.draftId } : skipToken,
  );
  return {
    name: data === undefined || data.title === '' ? strings.draftOf(data?.base.revision) : data.title,
    deviceId: data?.deviceId,
    text: data?.text,
    error,
    fetching: isFetching,
    retry: refetch,
  };
}

function useCheckoutReading(ref: SideRef): Reading {
  const asked = ref.kind === 'checkout' ? ref : undefined;
  const which = asked?.which ?? 'commit';
  const watch = useCheckout(asked?.id);
  const view = watch.data;
  const state = useCheckoutText(view, which);
  const broken = which === 'working' ? view?.problems[0] : undefined;
  const unknown = view !== undefined && (which === 'working' ? view.workingSha : view.commit?.sha) === undefined;
  const why = broken === undefined ? '' : `${broken.path}: ${broken.text}`;
  const own = view?.problem;
  const problem = useMemo(
    (): KnownProblem | undefined => (unknown ? (own ?? noState(which, why)) : undefined),
    [unknown, own, which, why],
  );
  return {
    name: strings.checkoutStates[which],
    device: view?.name ?? '',
    text: problem === undefined ? state.data?.text : undefined,
    sha: state.data?.sha,
    error: watch.error ?? state.error,
    problem,
    fetching: state.isFetching,
    retry: watch.error === null ? state.refetch : watch.refetch,
  };
}

function noState(which: 'working' | 'commit', why: string): KnownProblem {
  return { code: 'BAD_STATE', what: strings.noCheckoutState[which], unchanged: why, next: strings.noCheckoutStateNext[which] };
}

function useExport(ref: SideRef): Reading {
  const path = ref.kind === 'export' ? ref.path : undefined;
  const state = useQuery(
    orpc.checkout.lookAt.queryOptions({
      input: path === undefined ? skipToken : { from: { kind: 'export', path } },
      staleTime: 30_000,
      retry: false,
    }),
  );
  return {
    name: path === undefined ? '' : lastName(path),
    text: state.data?.text,
    sha: state.data?.sha,
    error: state.error,
    fetching: state.isFetching,
    retry: state.refetch,
  };
}

function shaOf(text: string): string {
  try {
    return stateSha(text);
  } catch {
    return '';
  }
}
