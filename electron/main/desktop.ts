import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { RPCHandler } from '@orpc/server/message-port';
import type * as Electron from 'electron';
import type { HostedBackend, OpenBackend } from '../host.ts';
import { claimProfile } from '../instance.ts';
import { parseLaunchOptions } from '../launch/options.mjs';
import { rendererFiles } from '../renderer-files.ts';
import { channels, type MenuAct } from './channels.ts';
import { followLinks, placeInArguments } from './deep-links.ts';
import { platformKeyring } from './keyring.ts';
import { lockDownPages, lockDownPermissions } from './lockdown.ts';
import { menuTemplate } from './menu.ts';
import { handOverPorts } from './port-handover.ts';
import { appScheme, rendererProtocol } from './renderer-protocol.ts';
import { openWindow, windowOptions } from './window.ts';
import { placeWindow, readWindowState } from './window-state.ts';

/** What the program takes from `electron`, so that a test can stand in for it. */
export type ElectronApi = Pick<
  typeof Electron,
  | 'app'
  | 'BrowserWindow'
  | 'dialog'
  | 'ipcMain'
  | 'Menu'
  | 'MessageChannelMain'
  | 'protocol'
  | 'safeStorage'
  | 'screen'
  | 'session'
  | 'shell'
>;

export interface DesktopOptions {
  readonly electron: ElectronApi;
  readonly openBackend: OpenBackend;
  readonly argv: readonly string[];
  readonly platform: string;
  readonly version: string;
  /** The platform's own place for the data, where `--profile` does not say otherwise. */
  readonly defaultProfile: string;
  /** Folder of the built screens. */
  readonly rendererFolder: string;
  /** The built preload script. */
  readonly preload: string;
}

/** Runs Trailboss in Electron: one backend, one window, one program per profile. Returns at once; Electron's events do the rest. */
export function runDesktop(options: DesktopOptions): void {
  const { electron, version } = options;
  const { app, BrowserWindow, dialog, Menu } = electron;

  const fail = (message: string, code: number) => {
    dialog.showErrorBox('Trailboss could not start', message);
    app.exit(code);
  };

  const parsed = parseLaunchOptions(options.argv, { foreign: 'ignore' });
  if (parsed.kind === 'invalid') {
    fail(parsed.reason, 2);
    return;
  }
  const { demo, timeScale, profile } = parsed.options;
  const profileDir = resolve(profile ?? options.defaultProfile);
  const windowFile = join(profileDir, 'window.json');
  const devTools = !app.isPackaged;

  const userData = join(profileDir, 'electron');
  try {
    mkdirSync(userData, { recursive: true, mode: 0o700 });
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error), 1);
    return;
  }
  app.setPath('userData', userData);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.enableSandbox();
  electron.protocol.registerSchemesAsPrivileged([appScheme]);
  lockDownPages(app, electron.shell);

  let window: Electron.BrowserWindow | undefined;
  let backend: HostedBackend | undefined;
  let ending = false;

  function showWindow(place?: string): void {
    if (backend === undefined) return;
    if (window === undefined) {
      const { screen } = electron;
      const primary = screen.getPrimaryDisplay();
      const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
      const areas = [primary, ...others].map((display) => display.workArea);
      const where = placeWindow(readWindowState(windowFile), areas);
      const opened = new BrowserWindow(windowOptions(where, options.preload, devTools));
      opened.on('closed', () => {
        window = undefined;
      });
      openWindow(opened, where, windowFile, place);
      window = opened;
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    if (place !== undefined) window.webContents.send(channels.navigate, place);
  }

  /** Where a link led before there was a window. */
  let wanted = placeInArguments(options.argv);
  function goTo(place: string): void {
    if (backend === undefined) wanted = place;
    else showWindow(place);
  }

  function act(what: MenuAct): void {
    showWindow();
    window?.webContents.send(channels.act, what);
  }

  async function start(): Promise<void> {
    await app.whenReady();
    const claim = claimProfile(profileDir, 'electron');
    if (claim.kind === 'taken') {
      const where = claim.by?.origin === undefined ? '' : `, at ${claim.by.origin}`;
      return fail(`Trailboss runs already on ${profileDir}${where}. Use that, or start with another --profile.`, 1);
    }
    app.once('quit', () => claim.release());
    const keyring = platformKeyring(electron.safeStorage, options.platform);
    backend = await options.openBackend({
      profileDir,
      demo,
      version,
      keyring,
      ...(timeScale === undefined ? {} : { timeScale }),
    });
    const handler = new RPCHandler(backend.router);
    electron.protocol.handle(appScheme.scheme, rendererProtocol(rendererFiles(options.rendererFolder)));
    lockDownPermissions(electron.session.defaultSession);
    handOverPorts({
      ipcMain: electron.ipcMain,
      createChannel: () => new electron.MessageChannelMain(),
      isOwnWindow: (contents) => contents === window?.webContents,
      serve: (port) => handler.upgrade(port, { context: {} }),
    });
    const about = {
      type: 'info',
      title: 'About Trailboss',
      message: `Trailboss ${version}`,
      detail: `Data: ${profileDir}`,
    } as const;
    const showAbout = () => void dialog.showMessageBox(about);
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(
        menuTemplate({ platform: options.platform, devTools, version, goTo, act, showWindow: () => showWindow(), showAbout }),
      ),
    );
    electron.ipcMain.on(channels.show, ({ sender }) => {
      if (sender === window?.webContents) showWindow();
    });
    showWindow(wanted);
  }

  app.on('second-instance', (_event, argv: readonly string[]) => {
    const place = placeInArguments(argv);
    if (place === undefined) showWindow();
    else goTo(place);
  });
  app.on('activate', () => showWindow());
  followLinks(app, app.isPackaged, goTo);
  app.on('window-all-closed', () => {
    if (options.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', (event) => {
    if (ending || backend === undefined) return;
    ending = true;
    event.preventDefault();
    backend
      .close()
      .catch((error: unknown) => console.error('trailboss: the backend did not close well:', error))
      .finally(() => app.quit());
  });
  start().catch((error: unknown) => fail(error instanceof Error ? error.message : String(error), 1));
}
