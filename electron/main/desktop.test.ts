import { EventEmitter } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserWindowConstructorOptions, MenuItemConstructorOptions } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { claimProfile } from '../instance.ts';
import { type DesktopOptions, type ElectronApi, runDesktop } from './desktop.ts';

let profile: string;
beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'trailboss-desktop-'));
});
afterEach(() => rm(profile, { recursive: true }));

const bounds = { x: 10, y: 40, width: 1000, height: 700 };

class FakeWindow extends EventEmitter {
  static opened: FakeWindow[] = [];
  readonly calls: string[] = [];
  readonly sent: unknown[][] = [];
  readonly webContents = Object.assign(new EventEmitter(), { send: (...args: unknown[]) => this.sent.push(args) });
  readonly options: BrowserWindowConstructorOptions;
  minimized = false;
  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    FakeWindow.opened.push(this);
  }
  isMinimized = () => this.minimized;
  isMaximized = () => false;
  getNormalBounds = () => bounds;
  restore = () => this.calls.push('restore');
  show = () => this.calls.push('show');
  focus = () => this.calls.push('focus');
  reload = () => this.calls.push('reload');
  loadURL = async (url: string) => {
    this.calls.push(`load ${url}`);
  };
}

/** Electron as far as the program uses it, with what it was told. */
function fakeElectron(first = true) {
  const app = Object.assign(new EventEmitter(), {
    isPackaged: true,
    setPath: vi.fn(),
    setAsDefaultProtocolClient: vi.fn(() => true),
    requestSingleInstanceLock: () => first,
    enableSandbox: vi.fn(),
    whenReady: async () => undefined,
    quit: vi.fn(),
    exit: vi.fn(),
  });
  const protocol = { registerSchemesAsPrivileged: vi.fn(), handle: vi.fn() };
  const dialog = { showErrorBox: vi.fn(), showMessageBox: vi.fn(async () => undefined) };
  const menu: { template: MenuItemConstructorOptions[] } = { template: [] };
  const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } };
  FakeWindow.opened = [];
  const electron = {
    app,
    BrowserWindow: FakeWindow,
    dialog,
    ipcMain: new EventEmitter(),
    Menu: {
      buildFromTemplate: (template: MenuItemConstructorOptions[]) => {
        menu.template = template;
      },
      setApplicationMenu: () => undefined,
    },
    MessageChannelMain: class {},
    protocol,
    safeStorage: { isEncryptionAvailable: () => true, getSelectedStorageBackend: () => 'kwallet6' },
    screen: { getPrimaryDisplay: () => display, getAllDisplays: () => [display] },
    session: {
      defaultSession: {
        setPermissionRequestHandler: vi.fn(),
        setPermissionCheckHandler: vi.fn(),
        setDevicePermissionHandler: vi.fn(),
      },
    },
    shell: { openExternal: vi.fn() },
  };
  return { app, protocol, dialog, menu, electron: electron as unknown as ElectronApi };
}

function run(fake: ReturnType<typeof fakeElectron>, more: Partial<DesktopOptions> = {}) {
  const close = vi.fn(async () => undefined);
  const openBackend = vi.fn(async () => ({ router: {}, close }));
  runDesktop({
    electron: fake.electron,
    openBackend,
    argv: ['/path/main.js', '--remote-debugging-port=0', '--demo', '--profile', profile],
    platform: 'linux',
    version: '1.2.3',
    defaultProfile: '/nowhere',
    rendererFolder: profile,
    preload: '/dist/preload.cjs',
    ...more,
  });
  return { close, openBackend };
}

const windowOpened = () => expect.poll(() => FakeWindow.opened.length).toBe(1);

test('it opens one locked-down window on the profile', async () => {
  const fake = fakeElectron();
  const { openBackend } = run(fake);
  await windowOpened();
  expect(openBackend).toHaveBeenCalledWith({
    profileDir: profile,
    demo: true,
    version: '1.2.3',
    keyring: expect.objectContaining({ available: true }),
  });
  expect(fake.app.setPath).toHaveBeenCalledWith('userData', join(profile, 'electron'));
  expect(fake.app.enableSandbox).toHaveBeenCalled();
  expect(fake.protocol.registerSchemesAsPrivileged.mock.calls).toEqual([
    [[{ scheme: 'trailboss', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]],
  ]);
  const [window] = FakeWindow.opened;
  expect(window?.calls).toEqual(['load trailboss://app/']);
  expect(window?.options.webPreferences).toMatchObject({
    preload: '/dist/preload.cjs',
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    devTools: false,
  });
  window?.emit('ready-to-show');
  expect(window?.calls).toContain('show');
  fake.app.emit('quit');
});

test('a second start ends at once, and the first one comes to the front', async () => {
  const second = fakeElectron(false);
  const { openBackend } = run(second);
  expect([second.app.quit.mock.calls.length, openBackend.mock.calls.length]).toEqual([1, 0]);

  const first = fakeElectron();
  run(first);
  await windowOpened();
  const [window] = FakeWindow.opened;
  if (window !== undefined) window.minimized = true;
  first.app.emit('second-instance', {}, []);
  expect(window?.calls.slice(-3)).toEqual(['restore', 'show', 'focus']);
  expect(FakeWindow.opened).toHaveLength(1);
  first.app.emit('quit');
});

test('the place of the window is kept, and the window returns there', async () => {
  const fake = fakeElectron();
  run(fake, { platform: 'darwin' });
  await windowOpened();
  FakeWindow.opened[0]?.emit('close');
  FakeWindow.opened[0]?.emit('closed');
  expect(JSON.parse(await readFile(join(profile, 'window.json'), 'utf8'))).toEqual({ bounds, maximized: false });
  fake.app.emit('window-all-closed');
  expect(fake.app.quit).not.toHaveBeenCalled();
  fake.app.emit('activate');
  expect(FakeWindow.opened[1]?.options).toMatchObject(bounds);
  fake.app.emit('quit');
});

test('a menu item leads the window to its screen', async () => {
  const fake = fakeElectron();
  run(fake);
  await windowOpened();
  const items = fake.menu.template.flatMap((menu) => (Array.isArray(menu.submenu) ? menu.submenu : []));
  items.find((item) => item.label === 'Activity')?.click?.({} as never, undefined, {} as never);
  expect(FakeWindow.opened[0]?.sent).toEqual([['trailboss:navigate', '/activity']]);
  fake.app.emit('quit');
});

test('a link leads the window to its screen, whether it is open or not', async () => {
  const fake = fakeElectron();
  run(fake, { argv: ['/path/main.js', '--profile', profile, 'trailboss://device/7/logs'] });
  await windowOpened();
  const [window] = FakeWindow.opened;
  expect(window?.calls).toEqual(['load trailboss://app/#/device/7/logs']);
  fake.app.emit('second-instance', {}, ['/path/trailboss', 'trailboss://activity/']);
  fake.app.emit('second-instance', {}, ['/path/trailboss', 'trailboss://app/#/settings']);
  fake.app.emit('open-url', { preventDefault: () => undefined }, 'trailboss://policies');
  expect(window?.sent).toEqual([
    ['trailboss:navigate', '/activity'],
    ['trailboss:navigate', '/policies'],
  ]);
  fake.app.emit('quit');
});

test('a link of a second start is not lost while the first one still opens', async () => {
  const fake = fakeElectron();
  run(fake);
  fake.app.emit('second-instance', {}, ['/path/trailboss', 'trailboss://activity/']);
  await windowOpened();
  expect(FakeWindow.opened[0]?.calls).toEqual(['load trailboss://app/#/activity']);
  fake.app.emit('quit');
});

test('a menu item has the page do something, and the page can bring its window to the front', async () => {
  const fake = fakeElectron();
  run(fake);
  await windowOpened();
  const [window] = FakeWindow.opened;
  const items = fake.menu.template.flatMap((menu) => (Array.isArray(menu.submenu) ? menu.submenu : []));
  items.find((item) => item.label === 'Keyboard Shortcuts')?.click?.({} as never, undefined, {} as never);
  expect(window?.sent).toEqual([['trailboss:act', 'help']]);
  const before = window?.calls.length ?? 0;
  fake.electron.ipcMain.emit('trailboss:show', { sender: {} });
  expect(window?.calls.slice(before)).toEqual([]);
  fake.electron.ipcMain.emit('trailboss:show', { sender: window?.webContents });
  expect(window?.calls.slice(before)).toEqual(['show', 'focus']);
  fake.app.emit('quit');
});

test('a profile that cannot be made is said, and ends the program', async () => {
  const file = join(profile, 'a-file');
  await writeFile(file, '');
  const fake = fakeElectron();
  run(fake, { argv: ['/path/main.js', '--profile', join(file, 'profile')] });
  expect(fake.app.exit.mock.calls).toEqual([[1]]);
  expect(fake.dialog.showErrorBox.mock.calls[0]?.[1]).toContain('ENOTDIR');
});

test('a page that crashes is loaded anew, but not again and again', async () => {
  const fake = fakeElectron();
  run(fake);
  await windowOpened();
  const [window] = FakeWindow.opened;
  window?.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
  window?.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
  expect(window?.calls.filter((call) => call === 'reload')).toHaveLength(1);
  fake.app.emit('quit');
});

test('the backend is closed before the program ends', async () => {
  const fake = fakeElectron();
  const { close } = run(fake);
  await windowOpened();
  const preventDefault = vi.fn();
  fake.app.emit('will-quit', { preventDefault });
  await expect.poll(() => fake.app.quit.mock.calls.length).toBe(1);
  fake.app.emit('will-quit', { preventDefault });
  expect([close.mock.calls.length, preventDefault.mock.calls.length]).toEqual([1, 1]);
  fake.app.emit('quit');
});

test('a backend that cannot be opened is said, and ends the program', async () => {
  const fake = fakeElectron();
  run(fake, { openBackend: () => Promise.reject(new Error('The disk is full.')) });
  await expect.poll(() => fake.app.exit.mock.calls).toEqual([[1]]);
  expect(fake.dialog.showErrorBox).toHaveBeenCalledWith('Trailboss could not start', 'The disk is full.');
  fake.app.emit('quit');
});

test('a profile that the browser host has is not opened twice', async () => {
  const claim = claimProfile(profile, 'browser');
  if (claim.kind === 'claimed') claim.setOrigin('http://127.0.0.1:4780');
  const fake = fakeElectron();
  const { openBackend } = run(fake);
  await expect.poll(() => fake.app.exit.mock.calls).toEqual([[1]]);
  expect(fake.dialog.showErrorBox.mock.calls[0]?.[1]).toContain('http://127.0.0.1:4780');
  expect(openBackend).not.toHaveBeenCalled();
  if (claim.kind === 'claimed') claim.release();
});
