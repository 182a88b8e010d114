import { EventEmitter } from 'node:events';
import type { IpcRenderer } from 'electron';
import { expect, test } from 'vitest';
import { channels } from './channels.ts';
import { bridgePage } from './preload-bridge.ts';

function bridgedPage() {
  const ipc = new EventEmitter();
  const sent: string[] = [];
  const exposed: Record<string, unknown> = {};
  const posted: unknown[][] = [];
  const listeners: Record<string, () => void> = {};
  const location = { origin: 'trailboss://app', hash: '' };
  bridgePage({
    contextBridge: {
      exposeInMainWorld: (name: string, api: unknown) => {
        exposed[name] = api;
      },
    },
    ipcRenderer: Object.assign(ipc, { send: (channel: string) => sent.push(channel) }) as unknown as Pick<
      IpcRenderer,
      'on' | 'send'
    >,
    window: {
      addEventListener: (name: string, listener: () => void) => {
        listeners[name] = listener;
      },
      postMessage: (...args: unknown[]) => posted.push(args),
      location,
    } as never,
  });
  return { ipc, sent, exposed, posted, location, load: () => listeners.load?.() };
}

test('the page learns that it runs in Electron, and nothing else', () => {
  expect(bridgedPage().exposed).toEqual({ trailboss: { kind: 'electron' } });
});

test('a port is asked for when the page is loaded, and passed on to its own origin', () => {
  const page = bridgedPage();
  expect(page.sent).toEqual([]);
  page.load();
  expect(page.sent).toEqual(['trailboss:connect']);
  page.ipc.emit(channels.port, { ports: ['port'] });
  expect(page.posted).toEqual([[{ type: 'trailboss:port' }, 'trailboss://app', ['port']]]);
});

test.each([
  ['settings', '#/settings'],
  ['fleet', '#/'],
  ['javascript:alert(1)', ''],
  ['toString', ''],
  [7, ''],
])('a menu item for %j leads to %j', (screen, hash) => {
  const page = bridgedPage();
  page.ipc.emit(channels.navigate, {}, screen);
  expect(page.location.hash).toBe(hash);
});
