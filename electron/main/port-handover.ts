import type { IpcMain, MessageChannelMain, MessagePortMain, WebContents } from 'electron';
import { channels } from './channels.ts';
import { isAppAddress } from './renderer-protocol.ts';

export interface PortHandover {
  readonly ipcMain: Pick<IpcMain, 'on'>;
  createChannel(): Pick<MessageChannelMain, 'port1' | 'port2'>;
  /** Whether a page is in a window of ours. */
  isOwnWindow(contents: WebContents): boolean;
  /** Serves the contract on a port that is not started yet. */
  serve(port: MessagePortMain): void;
}

/**
 * Gives each window one MessagePort to the backend, when its page asks for it: the main frame of a window of ours, showing our
 * own page, and nobody else. A page that is loaded anew gets a new port, and the one before is closed; so it is with the window.
 */
export function handOverPorts({ ipcMain, createChannel, isOwnWindow, serve }: PortHandover): void {
  const open = new Map<number, MessagePortMain>();

  function close(id: number): void {
    open.get(id)?.close();
    open.delete(id);
  }

  ipcMain.on(channels.connect, (event) => {
    const { sender, senderFrame: frame } = event;
    if (frame === null || frame.parent !== null || frame.frameTreeNodeId !== sender.mainFrame.frameTreeNodeId) return;
    if (!isAppAddress(frame.url) || !isOwnWindow(sender)) return;
    const { id } = sender;
    if (open.has(id)) close(id);
    else sender.once('destroyed', () => close(id));
    const { port1, port2 } = createChannel();
    open.set(id, port1);
    serve(port1);
    port1.start();
    frame.postMessage(channels.port, null, [port2]);
  });
}
