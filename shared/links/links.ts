/** The scheme of links that lead into the program from outside. */
export const linkScheme = 'trailboss';

// Not `..`, which would lead elsewhere.
const id = '[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,127}';

/** The places that a link may lead to, as the renderer's addresses have them (renderer/routes/paths.ts). */
const places: readonly RegExp[] = [
  '/',
  '/(?:activity|checkouts|fidelity|policies|settings)',
  '/settings/[a-z-]{1,32}',
  `/series/${id}`,
  `/update/${id}`,
  `/device/${id}`,
  `/device/${id}/(?:timeline|containers|state|logs|metadata|terminal|diagnosis|compare|differences)`,
  `/device/${id}/draft/${id}`,
  `/device/${id}/draft/${id}/post`,
  `/device/${id}/update/${id}`,
  `/checkout/${id}`,
  `/checkout/${id}/(?:files|apps|signatures|remote|compare)`,
].map((place) => new RegExp(`^${place}$`));

/** What may stand behind the question mark: names and values as URLSearchParams writes them. */
const search = /^(?:[A-Za-z0-9%._~+*=&:,/@!-]{0,2000})$/;

/**
 * Whether a text is the address of a screen: path and search, as they stand in the hash. The device may be none. An address that has a file
 * of this computer read is none: whoever wrote the link would choose the path, on a server of theirs as well.
 */
export function isPlace(text: string): boolean {
  const mark = text.indexOf('?');
  const path = mark === -1 ? text : text.slice(0, mark);
  const query = mark === -1 ? '' : text.slice(mark + 1);
  return places.some((place) => place.test(path)) && search.test(query) && !namesFile(query);
}

/** A side of a comparison that is an export (renderer/features/compare/sides/sideRef.ts), however it is written. */
function namesFile(query: string): boolean {
  return query.split('&').some((pair) => {
    try {
      return decodeURIComponent(pair.slice(pair.indexOf('=') + 1)).startsWith('export:');
    } catch {
      return true;
    }
  });
}

/** The link that leads to a screen: `trailboss://device/…`. */
export function linkTo(place: string): string {
  return `${linkScheme}://${place === '/' || place.startsWith('/?') ? `fleet${place.slice(1)}` : place.slice(1)}`;
}

/** The screen that a link leads to; undefined for anything that is no link to one of ours. */
export function placeOfLink(link: string): string | undefined {
  const rest = /^trailboss:\/\/(.+)$/i.exec(link)?.[1];
  if (rest === undefined) return undefined;
  // A browser may put a slash behind the first part of an address.
  const text = rest.replace(/^fleet\/?(?=\?|$)/, '').replace(/\/$/, '');
  const place = `/${text}`;
  return isPlace(place) ? place : undefined;
}
