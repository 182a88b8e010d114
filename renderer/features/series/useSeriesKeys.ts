import { IconPlayerPause, IconSend } from '@tabler/icons-react';
import { useMemo, useRef } from 'react';
import { useLocation } from 'wouter';
import type { Series, SeriesItem } from '../../../shared/contract/series.ts';
import { paths } from '../../routes/paths.ts';
import { type PaletteAction, usePaletteActions } from '../../stores/palette.ts';
import { type Shortcut, useShortcuts } from '../../stores/shortcuts.ts';
import { strings } from '../../strings/series.ts';
import type { RowActs } from './seriesColumns.tsx';
import { whyNoPost } from './summary.ts';
import { canLeaveOut, canPrepare, type SeriesActs } from './useSeriesActs.ts';

/** The keys of the screen, and the same in the palette. What is meant is looked up when a key is pressed. */
export function useSeriesKeys(
  series: Series,
  selected: SeriesItem | undefined,
  message: string,
  acts: SeriesActs,
  rows: RowActs,
): void {
  const [, navigate] = useLocation();
  const latest = useRef({ series, selected, message, acts, rows });
  latest.current = { series, selected, message, acts, rows };
  const { phase } = series;
  const mayPost = phase !== 'running' && whyNoPost(series.items) === undefined;
  const post = useMemo(() => () => latest.current.acts.start(latest.current.message), []);
  const keys = useMemo((): readonly Shortcut[] => {
    const withItem = (run: (item: SeriesItem) => void) => () => {
      const { selected: item } = latest.current;
      if (item !== undefined) run(item);
    };
    const withDraft = (to: (item: SeriesItem, draftId: string) => string) =>
      withItem((item) => {
        if (item.draftId !== undefined && item.state === 'ready') navigate(to(item, item.draftId));
      });
    return [
      ...(mayPost ? [{ keys: 'mod+Enter', label: strings.keys.post, run: post, inInputs: true }] : []),
      {
        keys: 'C',
        label: strings.keys.choose,
        run: withItem((item) => item.state === 'conflict' && latest.current.rows.choose(item)),
      },
      { keys: 'P', label: strings.keys.prepare, run: withItem((item) => canPrepare(item) && latest.current.rows.prepare(item)) },
      {
        keys: 'X',
        label: strings.keys.leaveOut,
        run: withItem((item) => canLeaveOut(item) && latest.current.rows.leaveOut(item, item.state !== 'left-out')),
      },
      { keys: 'E', label: strings.keys.draft, run: withDraft(({ deviceId }, draftId) => paths.draft(deviceId, draftId)) },
      {
        keys: 'D',
        label: strings.keys.compare,
        run: withDraft(({ deviceId }, draftId) => paths.compare(deviceId, 'current', `draft:${draftId}`)),
      },
    ];
  }, [mayPost, post, navigate]);
  useShortcuts(strings.title, keys);
  const actions = useMemo((): readonly PaletteAction[] => {
    if (phase === 'running') {
      return [{ id: 'series-stop', label: strings.stop, icon: IconPlayerPause, run: () => latest.current.acts.stop() }];
    }
    return mayPost ? [{ id: 'series-post', label: strings.post, icon: IconSend, run: post }] : [];
  }, [phase, mayPost, post]);
  usePaletteActions('series', actions);
}
