/** The only channels between the main process and the preload script. */
export const channels = {
  /** Preload → main: the page is loaded and wants a port. */
  connect: 'trailboss:connect',
  /** Main → preload, with the port: everything else goes over that. */
  port: 'trailboss:port',
  /** Main → preload: a menu item leads to a screen; carries a {@link MenuScreen}. */
  navigate: 'trailboss:navigate',
} as const;

/** The screens that the menu leads to, as the renderer's addresses inside the hash. */
export const menuScreens = { fleet: '/', activity: '/activity', settings: '/settings' } as const;
export type MenuScreen = keyof typeof menuScreens;

/** The hash of a screen's address; undefined when it is none that the menu knows. */
export function hashOfScreen(screen: unknown): string | undefined {
  return typeof screen === 'string' && isMenuScreen(screen) ? `#${menuScreens[screen]}` : undefined;
}

function isMenuScreen(text: string): text is MenuScreen {
  return Object.hasOwn(menuScreens, text);
}
