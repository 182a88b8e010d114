import { useEffect, useRef } from 'react';
import { useLocation, useSearch } from 'wouter';
import { beforeLeaving, currentPath } from '../../routes/hashLocation.ts';
import { paths } from '../../routes/paths.ts';
import { useFleetPlace } from './fleetPlace.ts';
import { addressOf, placeIn } from './views/savedViews.ts';
import { useSavedViews } from './views/useSavedViews.ts';

/** Milliseconds of quiet after which what was typed goes into the address: browsers allow few changes of it. */
const writeAfter = 300;

/**
 * Keeps the address and the fleet's view and filter the same. An address that somebody opens is followed; one that says nothing shows
 * the fleet as it was left when it leads here from another screen, and all devices when it is opened here.
 */
export function useFleetAddress(): void {
  const search = useSearch();
  const [, navigate] = useLocation();
  const view = useFleetPlace((place) => place.view);
  const filter = useFleetPlace((place) => place.filter);
  const followed = useRef<string>(undefined);

  useEffect(() => {
    const first = followed.current === undefined;
    if (followed.current === search) return;
    followed.current = search;
    const place = placeIn(search, useSavedViews.getState().own);
    if (place !== undefined) useFleetPlace.getState().show(place.id, place.filter);
    else if (!first) useFleetPlace.getState().show('all', '');
  }, [search]);

  const written = useRef(view);
  useEffect(() => {
    const address = paths.fleet(addressOf({ id: view, filter }));
    const now = address.slice(address.indexOf('?') + 1).replace(/^\/$/, '');
    if (now === followed.current) {
      written.current = view;
      return;
    }
    // Another view is a step that "back" takes back; a filter is not.
    const replace = written.current === view;
    const write = () => {
      // The person may have left: a screen stays mounted, hidden, while the next one is loaded.
      if (currentPath() !== paths.fleet() || followed.current === now) return;
      written.current = view;
      followed.current = now;
      navigate(address, { replace });
    };
    const timer = setTimeout(write, replace ? writeAfter : 0);
    const stop = beforeLeaving(write);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [view, filter, navigate]);
}
