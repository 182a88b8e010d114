// What the renderer can rely on in Electron, and nothing else:
//
// - `window.trailboss` is `{ kind: 'electron', show() }`, where `show` brings the window to the front; in a browser it is absent, and the
//   contract is at `ws://<location.host>/rpc`.
// - After each `load` of the page a window message `{ type: 'trailboss:port' }` arrives from its own origin, with one MessagePort that
//   carries the contract. So the listener has to be there when the page's scripts have run. A page that is loaded anew gets a new port.
// - A menu item or a link from outside changes `location.hash` to the address of a screen (shared/links has which).
// - A window message `{ type: 'trailboss:act', act }` from its own origin asks for what the menu has and the page does
//   (electron/main/channels.ts).
import { contextBridge, ipcRenderer } from 'electron';
import { bridgePage } from './main/preload-bridge.ts';

bridgePage({ contextBridge, ipcRenderer, window });
