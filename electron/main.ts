// Electron's main process: hands Electron and the backend to electron/main/desktop.ts. Built into dist/main/main.js.
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
} from 'electron';
import { openBackend } from './backend.ts';
import { runDesktop } from './main/desktop.ts';
import { defaultProfileDir } from './profile.ts';
import { reportingStrayErrors } from './stray-errors.ts';
import { version } from './version.ts';

runDesktop({
  electron: { app, BrowserWindow, dialog, ipcMain, Menu, MessageChannelMain, protocol, safeStorage, screen, session, shell },
  openBackend: reportingStrayErrors(openBackend),
  argv: process.argv.slice(1),
  platform: process.platform,
  version,
  defaultProfile: defaultProfileDir({ platform: process.platform, env: process.env, home: homedir() }),
  rendererFolder: fileURLToPath(new URL('../renderer', import.meta.url)),
  preload: fileURLToPath(new URL('../preload/preload.cjs', import.meta.url)),
});
