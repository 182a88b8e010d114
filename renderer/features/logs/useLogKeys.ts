import {
  IconArrowDown,
  IconArrowUp,
  IconClock,
  IconEraser,
  IconPlayerPause,
  IconSearch,
  IconTextWrap,
} from '@tabler/icons-react';
import { type RefObject, useMemo } from 'react';
import { usePaletteActions } from '../../stores/palette.ts';
import { useShortcuts } from '../../stores/shortcuts.ts';
import { strings } from '../../strings/logs.ts';
import { timeModes, useLogPrefs } from './logPrefs.ts';

interface LogKeys {
  readonly search: RefObject<HTMLInputElement | null>;
  readonly step: (by: 1 | -1) => void;
  readonly clear: () => void;
  readonly toggleFollow: () => void;
}

/** The keys of a log, and the same in the palette. `keys` must be memoised. */
export function useLogKeys({ search, step, clear, toggleFollow }: LogKeys): void {
  const set = useLogPrefs((prefs) => prefs.set);
  const toggleWrap = useMemo(() => () => set({ wrap: !useLogPrefs.getState().wrap }), [set]);
  const find = useMemo(
    () => () => {
      search.current?.focus();
      search.current?.select();
    },
    [search],
  );
  const shortcuts = useMemo(
    () => [
      { keys: 'mod+F', label: strings.search, run: find, inInputs: true },
      { keys: 'F3', label: strings.nextHit, run: () => step(1), inInputs: true },
      { keys: 'shift+F3', label: strings.previousHit, run: () => step(-1), inInputs: true },
      { keys: 'alt+P', label: strings.followOrPause, run: toggleFollow, inInputs: true },
      { keys: 'alt+Z', label: strings.wrap, run: toggleWrap, inInputs: true },
    ],
    [find, step, toggleFollow, toggleWrap],
  );
  useShortcuts(strings.screen, shortcuts);
  const actions = useMemo(
    () => [
      { id: 'logs-search', label: strings.search, icon: IconSearch, run: find },
      { id: 'logs-next', label: strings.nextHit, icon: IconArrowDown, run: () => step(1) },
      { id: 'logs-previous', label: strings.previousHit, icon: IconArrowUp, run: () => step(-1) },
      { id: 'logs-follow', label: strings.followOrPause, icon: IconPlayerPause, run: toggleFollow },
      { id: 'logs-wrap', label: strings.wrap, icon: IconTextWrap, run: toggleWrap },
      { id: 'logs-clear', label: strings.clear, icon: IconEraser, run: clear },
      ...timeModes.map((time) => ({
        id: `logs-time-${time}`,
        label: strings.timesAre(strings.timeModes[time]),
        icon: IconClock,
        run: () => set({ time }),
      })),
    ],
    [find, step, toggleFollow, toggleWrap, clear, set],
  );
  usePaletteActions('logs', actions);
}
