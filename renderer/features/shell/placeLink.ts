import { linkTo } from '../../../shared/links/links.ts';
import { strings } from '../../strings/shell.ts';
import { showNotice } from '../../ui/showNotice.ts';

/**
 * The link to the screen that is shown: `trailboss://…` where the program itself opens links, else the address in the browser. What
 * proves to the browser host who one is stands in neither.
 */
export function placeLink(): string {
  const place = window.location.hash.replace(/^#/, '') || '/';
  return window.trailboss?.kind === 'electron' ? linkTo(place) : `${window.location.origin}/#${place}`;
}

/** Copies the link to the screen that is shown, and says so. */
export async function copyPlaceLink(): Promise<void> {
  const link = placeLink();
  await navigator.clipboard.writeText(link).then(
    () => showNotice(strings.linkCopied(link)),
    () => showNotice(strings.linkNotCopied(link)),
  );
}
