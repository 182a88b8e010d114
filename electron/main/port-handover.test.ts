import { EventEmitter, once } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { os, type RouterClient } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import type { IpcMain, MessagePortMain, WebContents } from 'electron';
import { afterEach, expect, test } from 'vitest';
import { channels } from './channels.ts';
import { handOverPorts } from './port-handover.ts';

const router = { hello: os.handler(() => 'hello') };

const given: MessagePort[] = [];
afterEach(() => {
  for (const port of given.splice(0)) port.close();
});

interface Frame {
  readonly url: string;
  readonly parent: object | null;
  readonly frameTreeNodeId: number;
}

/** A page with one frame, and the main process beside it; `asks` is what the preload script does. */
function page(own = true) {
  const ipcMain = new EventEmitter();
  const mainFrame: Frame = { url: 'trailboss://app/#/settings', parent: null, frameTreeNodeId: 1 };
  const contents = Object.assign(new EventEmitter(), { id: 1, mainFrame });
  const handler = new RPCHandler(router);
  handOverPorts({
    ipcMain: ipcMain as unknown as IpcMain,
    createChannel: () => {
      const { port1, port2 } = new MessageChannel();
      // Electron's ports have a start() of their own and no addEventListener; Node's stand in for them.
      return { port1: port1 as unknown as MessagePortMain, port2: port2 as unknown as MessagePortMain };
    },
    isOwnWindow: (sender) => own && sender === (contents as unknown as WebContents),
    serve: (port) => handler.upgrade(port, { context: {} }),
  });
  const asks = (frame: Partial<Frame> | null = {}): MessagePort | undefined => {
    let port: MessagePort | undefined;
    const postMessage = (channel: string, _message: null, ports: readonly MessagePort[]) => {
      expect(channel).toBe('trailboss:port');
      port = ports[0];
    };
    const senderFrame = frame === null ? null : { ...mainFrame, ...frame, postMessage };
    ipcMain.emit(channels.connect, { sender: contents, senderFrame });
    if (port !== undefined) given.push(port);
    return port;
  };
  return { asks, contents };
}

function clientOf(port: MessagePort | undefined): RouterClient<typeof router> {
  if (port === undefined) throw new Error('no port was given');
  const client: RouterClient<typeof router> = createORPCClient(new RPCLink({ port: port as unknown as globalThis.MessagePort }));
  port.start();
  return client;
}

test('our own page gets a port that carries the contract', async () => {
  expect(await clientOf(page().asks()).hello()).toBe('hello');
});

test.each([
  ['a frame that is gone', null],
  ['a frame inside the page', { parent: {} }],
  ['another frame tree', { frameTreeNodeId: 2 }],
  ['another site', { url: 'https://evil.example/' }],
  ['another host of our scheme', { url: 'trailboss://evil/' }],
  ['an empty page', { url: 'about:blank' }],
])('%s gets none', (_name, frame) => {
  expect(page().asks(frame)).toBeUndefined();
});

test('a window that is not ours gets none', () => {
  expect(page(false).asks()).toBeUndefined();
});

test('a page that is loaded anew gets a new port, and the one before is closed', async () => {
  const { asks } = page();
  const first = asks();
  const closed = first && once(first, 'close');
  expect(await clientOf(asks()).hello()).toBe('hello');
  await closed;
});

test('the port is closed with the window', async () => {
  const { asks, contents } = page();
  const port = asks();
  const closed = port && once(port, 'close');
  contents.emit('destroyed');
  await closed;
});
