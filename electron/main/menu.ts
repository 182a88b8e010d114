import type { MenuItemConstructorOptions } from 'electron';
import type { MenuScreen } from './channels.ts';

export interface MenuOptions {
  readonly platform: string;
  readonly devTools: boolean;
  readonly version: string;
  /** Leads the window in front to a screen. */
  goTo(screen: MenuScreen): void;
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
    click: () => options.goTo('settings'),
  };
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
        { label: 'Fleet', accelerator: 'CommandOrControl+1', click: () => options.goTo('fleet') },
        { label: 'Activity', accelerator: 'CommandOrControl+2', click: () => options.goTo('activity') },
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
    { role: 'help', submenu: [{ label: `About Trailboss ${options.version}`, click: () => options.showAbout() }] },
  ];
}
