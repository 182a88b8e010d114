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

test('the page learns that it runs in Electron, and can ask for its window, and nothing else', () => {
  const { exposed, sent } = bridgedPage();
  expect(exposed).toEqual({ trailboss: { kind: 'electron', show: expect.any(Function) } });
  (exposed.trailboss as { show: () => void }).show();
  expect(sent).toEqual(['trailboss:show']);
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
  ['/settings', '#/settings'],
  ['/', '#/'],
  ['/device/7/logs', '#/device/7/logs'],
  ['settings', ''],
  ['javascript:alert(1)', ''],
  ['toString', ''],
  [7, ''],
])('a word of the main process for %j leads to %j', (screen, hash) => {
  const page = bridgedPage();
  page.ipc.emit(channels.navigate, {}, screen);
  expect(page.location.hash).toBe(hash);
});

test.each(['palette', 'help', 'back', 'forward'])('the page hears that the menu asks for %s', (act) => {
  const page = bridgedPage();
  page.ipc.emit(channels.act, {}, act);
  expect(page.posted).toEqual([[{ type: 'trailboss:act', act }, 'trailboss://app']]);
});

test('the page does not hear of anything that the menu has not', () => {
  const page = bridgedPage();
  page.ipc.emit(channels.act, {}, 'explode');
  expect(page.posted).toEqual([]);
});
