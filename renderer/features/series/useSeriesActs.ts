import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { SeriesId } from '../../../shared/contract/ids.ts';
import type { Series, SeriesItem } from '../../../shared/contract/series.ts';
import { paths } from '../../routes/paths.ts';
import { client, orpc, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/series.ts';
import { showProblem } from '../../ui/ProblemNotice.tsx';
import { showNotice } from '../../ui/showNotice.ts';

/** What can be done with a series and its devices. What goes wrong is shown as a notice: the screen itself is live. */
export interface SeriesActs {
  readonly start: (message: string) => void;
  readonly stop: () => void;
  readonly discard: () => void;
  readonly prepare: (item: SeriesItem) => void;
  readonly leaveOut: (items: readonly SeriesItem[], out: boolean) => void;
  readonly busy: boolean;
}

const onError = (error: Error) => showProblem(problemOf(error));

export function useSeriesActs({ id, title }: Pick<Series, 'id' | 'title'>): SeriesActs {
  const [, navigate] = useLocation();
  const start = useMutation(orpc.series.start.mutationOptions({ onError }));
  const stop = useMutation(orpc.series.stop.mutationOptions({ onError }));
  const prepare = useMutation(orpc.series.prepare.mutationOptions({ onError }));
  const leave = useMutation({
    mutationFn: ({ items, out }: { readonly items: readonly SeriesItem[]; readonly out: boolean }) => leaveOut(id, items, out),
    onError,
  });
  const discard = useMutation(
    orpc.series.discard.mutationOptions({
      onError,
      onSuccess: () => {
        showNotice(strings.discarded(title));
        navigate(paths.fleet());
      },
    }),
  );
  return {
    start: (message) => start.mutate({ seriesId: id, message }),
    stop: () => stop.mutate({ seriesId: id }),
    discard: () => discard.mutate({ seriesId: id }),
    prepare: ({ deviceId }) => prepare.mutate({ seriesId: id, deviceId }),
    leaveOut: (items, out) => leave.mutate({ items, out }),
    busy: start.isPending || stop.isPending || discard.isPending,
  };
}

async function leaveOut(seriesId: SeriesId, items: readonly SeriesItem[], out: boolean): Promise<void> {
  for (const { deviceId } of items) await client.series.leaveOut({ seriesId, deviceId, out });
}

/** What a person would most likely do next with a device. */
export function nextActOf({ state, updateId }: SeriesItem): 'choose' | 'prepare' | 'leave-out' | 'take-in' | 'watch' | undefined {
  switch (state) {
    case 'conflict':
      return 'choose';
    case 'problem':
      return 'prepare';
    case 'ready':
      return 'leave-out';
    case 'left-out':
      return 'take-in';
    case 'posting':
    case 'done':
    case 'failed':
      return updateId === undefined ? undefined : 'watch';
    case 'preparing':
    case 'unchanged':
      return undefined;
  }
}

/** It can be read anew: nothing is on its way to it, and nothing has arrived. */
export function canPrepare({ state }: SeriesItem): boolean {
  return state !== 'posting' && state !== 'done' && state !== 'preparing' && state !== 'left-out';
}

export function canLeaveOut({ state }: SeriesItem): boolean {
  return state !== 'posting' && state !== 'done';
}
