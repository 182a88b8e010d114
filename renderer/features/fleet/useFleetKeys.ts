import { IconBookmark, IconFilter, IconFilterX } from '@tabler/icons-react';
import { type RefObject, useMemo } from 'react';
import { useAddDevice } from '../../stores/addDevice.ts';
import { usePaletteActions } from '../../stores/palette.ts';
import { useShortcuts } from '../../stores/shortcuts.ts';
import { strings } from '../../strings/fleet.ts';
import { strings as viewStrings } from '../../strings/fleetViews.ts';
import { useFleetPlace } from './fleetPlace.ts';
import { builtInViews } from './views/savedViews.ts';
import { useSavedViews } from './views/useSavedViews.ts';

/** The fleet's keys, and its entries in the palette. */
export function useFleetKeys(box: RefObject<HTMLInputElement | null>): void {
  const own = useSavedViews((saved) => saved.own);
  const addDevice = useAddDevice((dialog) => dialog.open);
  useShortcuts(
    strings.title,
    useMemo(() => {
      const views = [...builtInViews, ...own];
      const step = (by: number) => {
        const { view, show } = useFleetPlace.getState();
        const next = views.at((views.findIndex(({ id }) => id === view) + by) % views.length);
        if (next !== undefined) show(next.id, next.filter);
      };
      return [
        { keys: '/', label: strings.keys.filter, run: () => box.current?.focus() },
        { keys: ']', label: strings.keys.nextView, run: () => step(1) },
        { keys: '[', label: strings.keys.previousView, run: () => step(-1) },
        { keys: 'N', label: strings.keys.add, run: addDevice },
      ];
    }, [own, box, addDevice]),
  );
  usePaletteActions(
    'fleet',
    useMemo(() => {
      const { show, setFilter } = useFleetPlace.getState();
      const named = [...builtInViews.map((view) => ({ ...view, name: viewStrings.builtIn[view.id] })), ...own];
      return [
        { id: 'fleet filter', label: strings.keys.filter, icon: IconFilter, run: () => box.current?.focus() },
        { id: 'fleet no filter', label: strings.clearFilter, icon: IconFilterX, run: () => setFilter('') },
        ...named.map(({ id, name, filter }) => ({
          id: `fleet view ${id}`,
          label: viewStrings.show(name),
          ...(filter !== '' && { description: filter }),
          icon: IconBookmark,
          run: () => show(id, filter),
        })),
      ];
    }, [own, box]),
  );
}
