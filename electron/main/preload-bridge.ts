import type { ContextBridge, IpcRenderer } from 'electron';
import { channels, hashOfPlace, isMenuAct } from './channels.ts';

export interface PreloadPorts {
  readonly contextBridge: Pick<ContextBridge, 'exposeInMainWorld'>;
  readonly ipcRenderer: Pick<IpcRenderer, 'on' | 'send'>;
  readonly window: Pick<Window, 'addEventListener' | 'postMessage'> & { readonly location: Pick<Location, 'origin' | 'hash'> };
}

/** See electron/preload.ts for what the renderer can rely on. */
export function bridgePage({ contextBridge, ipcRenderer, window }: PreloadPorts): void {
  contextBridge.exposeInMainWorld('trailboss', { kind: 'electron', show: () => ipcRenderer.send(channels.show) });
  ipcRenderer.on(channels.port, (event) => {
    const port = event.ports[0];
    if (port !== undefined) window.postMessage({ type: channels.port }, window.location.origin, [port]);
  });
  ipcRenderer.on(channels.navigate, (_event, place: unknown) => {
    const hash = hashOfPlace(place);
    if (hash !== undefined) window.location.hash = hash;
  });
  ipcRenderer.on(channels.act, (_event, act: unknown) => {
    if (isMenuAct(act)) window.postMessage({ type: channels.act, act }, window.location.origin);
  });
  window.addEventListener('load', () => ipcRenderer.send(channels.connect));
}
