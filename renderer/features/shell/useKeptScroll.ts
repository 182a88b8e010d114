import { type RefObject, useEffect } from 'react';
import { useVisits } from '../../routes/visits.ts';

/** A screen that comes back is drawn, and filled, within this time in milliseconds; whoever scrolls before is not disturbed. */
const giveUpAfter = 2000;

/** Where each part of a visit was scrolled to, by the number of the visit. It lives as long as the window. */
const kept = new Map<number, Map<string, number>>();

/** What tells the parts of a screen apart: their role and label. */
function nameOf(element: Element): string {
  return `${element.tagName} ${element.getAttribute('role') ?? ''} ${element.getAttribute('aria-label') ?? ''}`;
}

/** Remembers how far each list and pane of a visit was scrolled, and scrolls there again when somebody goes back. */
export function useKeptScroll(work: RefObject<HTMLElement | null>): void {
  const visit = useVisits(({ first, index }) => first + index);
  useEffect(() => {
    const root = work.current;
    if (root === null) return;
    const places = kept.get(visit) ?? new Map<string, number>();
    kept.set(visit, places);
    const wanted = new Map(places);

    const restore = () => {
      for (const element of root.querySelectorAll(
        '[role="grid"], [role="list"], [role="listbox"], [role="region"], section, [tabindex="0"]',
      )) {
        const top = wanted.get(nameOf(element));
        if (top === undefined || element.scrollHeight - element.clientHeight < top) continue;
        wanted.delete(nameOf(element));
        element.scrollTop = top;
      }
      if (wanted.size === 0) stop();
    };
    const observer = new MutationObserver(restore);
    const stop = () => {
      observer.disconnect();
      clearTimeout(timer);
      wanted.clear();
    };
    const timer = setTimeout(stop, giveUpAfter);
    const onScroll = ({ target }: Event) => {
      if (!(target instanceof Element) || wanted.has(nameOf(target))) return;
      places.set(nameOf(target), target.scrollTop);
    };
    root.addEventListener('scroll', onScroll, { capture: true, passive: true });
    root.addEventListener('wheel', stop, { passive: true });
    root.addEventListener('keydown', stop);
    if (wanted.size > 0) {
      observer.observe(root, { childList: true, subtree: true });
      restore();
    }
    return () => {
      stop();
      root.removeEventListener('scroll', onScroll, { capture: true });
      root.removeEventListener('wheel', stop);
      root.removeEventListener('keydown', stop);
    };
  }, [visit, work]);
}
