import { useMutation } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { BackgroundWork } from '../../../../shared/contract/settings.ts';
import { paths } from '../../../routes/paths.ts';
import { orpc, problemOf, useLive } from '../../../rpc.ts';
import { strings } from '../../../strings/shell.ts';
import { dataSize } from '../../../ui/dataSize.ts';
import { showProblem } from '../../../ui/ProblemNotice.tsx';
import { farOf as farOfWork, shareOf } from '../../checkouts/work/share.ts';
import { cancelWork, useWorks } from '../../checkouts/work/works.ts';
import { cancelExport, useExports } from '../../timeline/exports.ts';

/** Something that goes on in the background, as the status bar shows it. */
export interface ShownWork {
  readonly id: string;
  readonly text: string;
  readonly progress?: { readonly done: number; readonly total: number };
  /** How far it is, in words. */
  readonly far?: string;
  /** The screen that shows it. */
  readonly place?: string;
  readonly cancel?: { readonly label: string; readonly run: () => void };
}

/** What the backend does, and what this window fetches. */
export function useWork(): readonly ShownWork[] {
  const work = useLive(orpc.settings.status, undefined).data?.work;
  const exports = useExports((state) => state.byKey);
  const checkoutWork = useWorks((state) => state.byId);
  const onError = useCallback((error: unknown) => showProblem(problemOf(error)), []);
  const { mutate: cancelUpdate } = useMutation(orpc.update.cancel.mutationOptions({ onError }));
  const { mutate: stopSeries } = useMutation(orpc.series.stop.mutationOptions({ onError }));
  return useMemo(() => {
    const shown = (of: BackgroundWork): ShownWork => {
      const { id, text, progress, shows, cancellable } = of;
      return {
        id,
        text,
        ...(progress && { progress, far: farOf(of) }),
        ...(shows && {
          place: shows.kind === 'update' ? paths.update(shows.deviceId, shows.updateId) : paths.series(shows.seriesId),
        }),
        ...(cancellable === true && shows && { cancel: cancelOf(shows, text, { cancelUpdate, stopSeries }) }),
      };
    };
    const running = Object.values(exports).filter(({ state }) => state === 'running');
    return [
      ...(work ?? []).map(shown),
      ...running.map(({ key, device, revision, bytes }) => ({
        id: key,
        text: strings.exporting(device, revision),
        far: dataSize(bytes),
        cancel: { label: strings.cancelWork(strings.exporting(device, revision)), run: () => cancelExport(key) },
      })),
      ...Object.values(checkoutWork)
        .filter(({ state }) => state === 'running')
        .map(({ id, title, progress: news }): ShownWork => {
          const share = shareOf(news);
          return {
            id,
            text: title,
            far: farOfWork(news),
            ...(share === undefined ? {} : { progress: { done: share, total: 1 } }),
            cancel: { label: strings.cancelWork(title), run: () => cancelWork(id) },
          };
        }),
    ];
  }, [work, exports, checkoutWork, cancelUpdate, stopSeries]);
}

/** Of an update the numbers are bytes. */
function farOf({ progress, shows }: BackgroundWork): string {
  if (progress === undefined) return '';
  const { done, total } = progress;
  return shows?.kind === 'update' ? strings.ofAll(dataSize(done), dataSize(total)) : strings.ofAll(String(done), String(total));
}

type Shows = NonNullable<BackgroundWork['shows']>;
type UpdateTarget = Omit<Extract<Shows, { kind: 'update' }>, 'kind' | 'deviceId'>;
type SeriesTarget = Omit<Extract<Shows, { kind: 'series' }>, 'kind'>;

interface Stops {
  readonly cancelUpdate: (target: UpdateTarget) => void;
  readonly stopSeries: (target: SeriesTarget) => void;
}

function cancelOf(shows: Shows, text: string, { cancelUpdate, stopSeries }: Stops): NonNullable<ShownWork['cancel']> {
  return shows.kind === 'update'
    ? { label: strings.cancelWork(text), run: () => cancelUpdate({ updateId: shows.updateId }) }
    : { label: strings.stopWork(text), run: () => stopSeries({ seriesId: shows.seriesId }) };
}
