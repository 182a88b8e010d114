import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { appAddress } from './renderer-protocol.ts';
import { smallest, type WindowPlace, writeWindowState } from './window-state.ts';

/** A window is this long at rest before its place is kept, in milliseconds; it is kept at its end as well. */
const restMs = 500;
/** A page that crashes is loaded anew, but not one that crashes again this soon, in milliseconds. */
const crashPauseMs = 10_000;

/** A window whose page has no Node, runs in the sandbox and apart from the preload script. */
export function windowOptions(place: WindowPlace, preload: string, devTools: boolean): BrowserWindowConstructorOptions {
  return {
    ...place.bounds,
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: 'Trailboss',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      devTools,
    },
  };
}

/** Loads the program's page at a screen, shows the window when it is drawn, loads it anew after a crash, and keeps its place in `stateFile`. */
export function openWindow(window: BrowserWindow, where: WindowPlace, stateFile: string, place = '/'): void {
  if (where.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  const keep = () => writeWindowState(stateFile, { bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  let timer: NodeJS.Timeout | undefined;
  const keepSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, restMs);
  };
  window.on('resize', keepSoon);
  window.on('move', keepSoon);
  window.on('close', () => {
    clearTimeout(timer);
    keep();
  });
  let lastCrash = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    const now = performance.now();
    if (reason !== 'clean-exit' && now - lastCrash > crashPauseMs) window.reload();
    lastCrash = now;
  });
  window
    .loadURL(place === '/' ? appAddress : `${appAddress}#${place}`)
    .catch((error: unknown) => console.error('trailboss: the page could not be loaded:', error));
}
