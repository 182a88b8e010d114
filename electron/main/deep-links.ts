import type { App } from 'electron';
import { linkScheme, placeOfLink } from '../../shared/links/links.ts';

/**
 * Has links `trailboss://…` that somebody opens elsewhere lead into the program. `go` gets the address of one of our own screens;
 * anything else is dropped. A link arrives as an event (macOS), or among the arguments of a second start.
 * @param register whether the system is told that such links are ours; not for a program that is run from its sources
 */
export function followLinks(
  app: Pick<App, 'on' | 'setAsDefaultProtocolClient'>,
  register: boolean,
  go: (place: string) => void,
): void {
  if (register) app.setAsDefaultProtocolClient(linkScheme);
  app.on('open-url', (event, link) => {
    event.preventDefault();
    const place = placeOfLink(link);
    if (place !== undefined) go(place);
  });
}

/** The screen that a link among the arguments of a start leads to; undefined where there is none. */
export function placeInArguments(argv: readonly string[]): string | undefined {
  return argv.map(placeOfLink).find((place) => place !== undefined);
}
