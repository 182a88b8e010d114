// Stands in for `electron`, so that the built main process runs on plain Node: `node --import electron-stand-in.mjs dist/main/main.js`.
// Its window loads the page through the program's own protocol, asks for a port as the preload script does, and calls the contract
// over it; what came of that is printed as one line of JSON, then the program is quit.
import { EventEmitter } from 'node:events';
import { registerHooks } from 'node:module';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: import.meta.url, shortCircuit: true } : next(specifier, context),
});

/** @typedef {import('@orpc/contract').ContractRouterClient<typeof import('../../shared/contract/index.ts').contract>} Client */

export const app = Object.assign(new EventEmitter(), {
  isPackaged: true,
  setPath: () => undefined,
  requestSingleInstanceLock: () => true,
  enableSandbox: () => undefined,
  setAsDefaultProtocolClient: () => true,
  whenReady: async () => undefined,
  exit: (/** @type {number} */ code) => process.exit(code),
  quit: () => {
    let prevented = false;
    app.emit('will-quit', {
      preventDefault: () => {
        prevented = true;
      },
    });
    if (prevented) return;
    app.emit('quit');
    process.exit(0);
  },
});

/** @type {(request: Request) => Promise<Response>} */
let answer = async () => new Response('no protocol', { status: 500 });
export const protocol = {
  registerSchemesAsPrivileged: () => undefined,
  handle: (/** @type {string} */ _scheme, /** @type {typeof answer} */ handler) => {
    answer = handler;
  },
};

export const ipcMain = new EventEmitter();
export const MessageChannelMain = MessageChannel;

export class BrowserWindow extends EventEmitter {
  webContents = Object.assign(new EventEmitter(), { id: 1, mainFrame: { frameTreeNodeId: 1 }, send: () => undefined });
  isMaximized = () => false;
  isMinimized = () => false;
  show = () => undefined;
  focus = () => undefined;
  async loadURL(/** @type {string} */ url) {
    const response = await answer(new Request(url));
    const page = await response.text();
    ipcMain.emit('trailboss:connect', {
      sender: this.webContents,
      senderFrame: {
        url,
        parent: null,
        frameTreeNodeId: 1,
        postMessage: async (
          /** @type {string} */ _channel,
          /** @type {null} */ _message,
          /** @type {MessagePort[]} */ [port],
        ) => {
          if (port === undefined) throw new Error('The frame was given no port.');
          /** @type {Client} */
          const client = createORPCClient(new RPCLink({ port }));
          port.start();
          const { devices } = await client.fleet.startDemo();
          console.log(JSON.stringify({ page: response.status, root: page.includes('id="root"'), devices }));
          app.quit();
        },
      },
    });
  }
}

export const dialog = {
  showErrorBox: (/** @type {string} */ title, /** @type {string} */ text) => console.error(`${title}: ${text}`),
  showMessageBox: async () => undefined,
};
export const Menu = { buildFromTemplate: () => undefined, setApplicationMenu: () => undefined };
const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } };
export const screen = { getPrimaryDisplay: () => display, getAllDisplays: () => [display] };
export const safeStorage = { isEncryptionAvailable: () => false, getSelectedStorageBackend: () => 'basic_text' };
export const session = {
  defaultSession: {
    setPermissionRequestHandler: () => undefined,
    setPermissionCheckHandler: () => undefined,
    setDevicePermissionHandler: () => undefined,
  },
};
export const shell = { openExternal: async () => undefined };
