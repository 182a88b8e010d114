import { isPlace } from '../../shared/links/links.ts';

/** The only channels between the main process and the preload script. */
export const channels = {
  /** Preload → main: the page is loaded and wants a port. */
  connect: 'trailboss:connect',
  /** Main → preload, with the port: everything else goes over that. */
  port: 'trailboss:port',
  /** Main → preload: a menu item or a link leads to a screen; carries its address, a place of shared/links. */
  navigate: 'trailboss:navigate',
  /** Main → preload → page: a menu item does something that the page does; carries a {@link MenuAct}. */
  act: 'trailboss:act',
  /** Preload → main: the page asks for its window to come to the front. */
  show: 'trailboss:show',
} as const;

/** What the menu asks the page to do. */
export const menuActs = ['palette', 'help', 'back', 'forward'] as const;
export type MenuAct = (typeof menuActs)[number];

export function isMenuAct(value: unknown): value is MenuAct {
  return menuActs.some((act) => act === value);
}

/** The screens that the menu leads to, as the renderer's addresses inside the hash. */
export const menuScreens = {
  fleet: '/',
  checkouts: '/checkouts',
  policies: '/policies',
  activity: '/activity',
  settings: '/settings',
} as const;

/** The hash of a screen's address; undefined when it is no address of ours. */
export function hashOfPlace(place: unknown): string | undefined {
  return typeof place === 'string' && isPlace(place) ? `#${place}` : undefined;
}
