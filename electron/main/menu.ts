import type { MenuItemConstructorOptions } from 'electron';
import { type MenuAct, menuScreens } from './channels.ts';

export interface MenuOptions {
  readonly platform: string;
  readonly devTools: boolean;
  readonly version: string;
  /** Leads the window in front to a screen. */
  goTo(place: string): void;
  /** Has the page do something. */
  act(what: MenuAct): void;
  /** Opens a window where there is none (macOS keeps the program running without one). */
  showWindow(): void;
  showAbout(): void;
}

/** The application menu: the standard roles, and ways to the screens. */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const mac = options.platform === 'darwin';
  const settings: MenuItemConstructorOptions = {
    label: 'Settings…',
    accelerator: 'CommandOrControl+,',
    click: () => options.goTo(menuScreens.settings),
  };
  // The page listens for these keys itself: what has the focus may have another use for them.
  const keys = mac ? { back: 'Command+[', forward: 'Command+]' } : { back: 'Alt+Left', forward: 'Alt+Right' };
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const appMenu: MenuItemConstructorOptions = {
    label: 'Trailboss',
    submenu: [
      { role: 'about' },
      separator,
      settings,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };
  return [
    ...(mac ? [appMenu] : []),
    {
      label: '&File',
      submenu: mac
        ? [{ label: 'Show Window', accelerator: 'Command+0', click: () => options.showWindow() }, separator, { role: 'close' }]
        : [settings, separator, { role: 'quit' }],
    },
    {
      label: '&Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'delete' },
        separator,
        { role: 'selectAll' },
      ],
    },
    {
      label: '&View',
      submenu: [
        { label: 'Go to…', accelerator: 'CommandOrControl+K', registerAccelerator: false, click: () => options.act('palette') },
        separator,
        { label: 'Fleet', accelerator: 'CommandOrControl+1', click: () => options.goTo(menuScreens.fleet) },
        { label: 'Checkouts', accelerator: 'CommandOrControl+2', click: () => options.goTo(menuScreens.checkouts) },
        { label: 'Policies', accelerator: 'CommandOrControl+3', click: () => options.goTo(menuScreens.policies) },
        { label: 'Activity', accelerator: 'CommandOrControl+4', click: () => options.goTo(menuScreens.activity) },
        separator,
        { label: 'Back', accelerator: keys.back, registerAccelerator: false, click: () => options.act('back') },
        { label: 'Forward', accelerator: keys.forward, registerAccelerator: false, click: () => options.act('forward') },
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        { role: 'reload' },
        ...(options.devTools ? [{ role: 'toggleDevTools' } as const] : []),
      ],
    },
    { label: '&Window', role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        { label: 'Keyboard Shortcuts', accelerator: '?', registerAccelerator: false, click: () => options.act('help') },
        separator,
        { label: `About Trailboss ${options.version}`, click: () => options.showAbout() },
      ],
    },
  ];
}
