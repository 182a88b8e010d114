import '@xterm/xterm/css/xterm.css';
import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import { createStore, type StoreApi } from 'zustand';
import type { DeviceId, TerminalId } from '../../../../shared/contract/ids.ts';
import { base64OfBytes, bytesOfBase64 } from '../../../rpc/base64.ts';
import { client, problemOf } from '../../../rpc.ts';
import { strings } from '../../../strings/terminal.ts';
import { onMac } from '../../../ui/onMac.ts';
import { useTerminalSettings } from '../terminalSettings.ts';
import { endText, type ShellEnd } from './endText.ts';
import { linkAddress, openLink } from './openLink.ts';
import { themeNow } from './terminalTheme.ts';
import { TypedQueue } from './typedQueue.ts';

export interface ShellState {
  readonly kind: 'opening' | 'open' | 'ended';
  /** As the shell wants it to be called; empty while it says nothing. */
  readonly title: string;
  /** It rang, and nobody has looked since. */
  readonly rang: boolean;
  readonly end?: ShellEnd;
}

/** Lines that are kept above the screen. */
const scrollback = 10_000;
/** Bytes that are shown before the backend is told so. */
const tellTakenAfter = 32_768;
const longestTitle = 80;
/** Characters. */
const mostAhead = 10_000;

/**
 * One shell with its terminal. It lives apart from the screen that shows it: its element moves into whatever pane is there, so that the
 * shell and its text are kept while the person is elsewhere.
 */
export class ShellSession {
  readonly id = crypto.randomUUID();
  readonly device: DeviceId;
  /** Undefined: on the host system. */
  readonly container: string | undefined;
  readonly terminal: Terminal;
  readonly search = new SearchAddon();
  readonly store: StoreApi<ShellState>;
  readonly #fit = new FitAddon();
  readonly #element = document.createElement('div');
  readonly #typed: TypedQueue;
  /** Says how a link is opened while the pointer is on it. */
  readonly #hints = {
    hover: (_event: MouseEvent, text: string) => {
      if (linkAddress(text) !== undefined) this.#element.title = strings.linkHint(onMac ? '⌘' : 'Ctrl');
    },
    leave: () => this.#element.removeAttribute('title'),
  };
  #terminalId: TerminalId | undefined;
  #stream: AbortController | undefined;
  #untold = 0;
  /** What was typed while the shell was being opened. */
  #ahead = '';
  #isOpened = false;

  constructor(device: DeviceId, container: string | undefined) {
    this.device = device;
    this.container = container;
    this.store = createStore<ShellState>()(() => ({ kind: 'opening', title: '', rang: false }));
    const { fontSize, screenReader } = useTerminalSettings.getState();
    this.terminal = new Terminal({
      allowProposedApi: true,
      cursorBlink: false,
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--tb-mono').trim(),
      fontSize,
      lineHeight: 1.2,
      macOptionIsMeta: true,
      minimumContrastRatio: 4.5,
      screenReaderMode: screenReader,
      scrollback,
      theme: themeNow().theme,
      linkHandler: { activate: (event, text) => this.#followLink(event, text), ...this.#hints },
    });
    this.#element.style.height = '100%';
    this.#typed = new TypedQueue(async (bytes) => {
      if (this.#terminalId !== undefined) {
        await client.terminal.type({ terminalId: this.#terminalId, base64: base64OfBytes(bytes) });
      }
    });
    this.terminal.loadAddon(this.#fit);
    this.terminal.loadAddon(this.search);
    this.terminal.loadAddon(new WebLinksAddon((event, text) => this.#followLink(event, text), this.#hints));
    this.terminal.onData((text) => this.#onData(text));
    this.terminal.onBinary((text) => this.#typed.push(Uint8Array.from(text, (character) => character.charCodeAt(0))));
    this.terminal.onResize(({ cols, rows }) => this.#onResize(cols, rows));
    this.terminal.onTitleChange((title) => this.store.setState({ title: plainTitle(title) }));
    this.terminal.onBell(() => this.store.setState({ rang: true }));
  }

  get state(): ShellState {
    return this.store.getState();
  }

  /** Shows it in this pane, with its size, and opens the shell the first time. */
  attach(pane: HTMLElement): void {
    pane.replaceChildren(this.#element);
    if (!this.#isOpened) this.terminal.open(this.#element);
    this.fit();
    if (!this.#isOpened) void this.open();
    this.#isOpened = true;
  }

  /** Takes the size of its pane. */
  fit(): void {
    if (this.#element.clientWidth > 0 && this.#element.clientHeight > 0) this.#fit.fit();
  }

  /** Opens the shell, again after it ended. */
  async open(): Promise<void> {
    if (this.#stream !== undefined) return;
    const stream = new AbortController();
    this.#stream = stream;
    this.#typed.clear();
    this.#ahead = '';
    this.store.setState({ kind: 'opening', title: '' });
    let end: Omit<ShellEnd, 'at'> = {};
    try {
      const { cols, rows } = this.terminal;
      const container = this.container === undefined ? {} : { container: this.container };
      const target = { id: this.device, ...container, columns: cols, rows };
      for await (const event of await client.terminal.open(target, { signal: stream.signal })) {
        if (stream.signal.aborted) return;
        if (event.kind === 'opened') this.#onOpened(event.terminalId);
        else if (event.kind === 'output') this.#show(bytesOfBase64(event.base64));
        else end = event;
      }
    } catch (error) {
      if (stream.signal.aborted) return;
      end = { problem: problemOf(error) };
    }
    this.#stream = undefined;
    this.#terminalId = undefined;
    const { exitCode, signal, problem } = end;
    this.store.setState({ kind: 'ended', end: { at: Date.now(), exitCode, signal, problem } });
    // What came before is shown first: then it is known which screen it is on.
    this.terminal.write('', () => this.terminal.write(endText(end, this.terminal.buffer.active.type === 'alternate')));
  }

  /** Pastes a text as if it were typed, the way the shell wants it. */
  paste(text: string): void {
    this.terminal.paste(text);
  }

  heardBell(): void {
    if (this.state.rang) this.store.setState({ rang: false });
  }

  /** Hangs up, and takes the terminal away. */
  dispose(): void {
    this.#stream?.abort();
    this.terminal.dispose();
    this.#element.remove();
  }

  #onOpened(terminalId: TerminalId): void {
    this.#terminalId = terminalId;
    this.#untold = 0;
    const { cols, rows } = this.terminal;
    // The pane may have changed while it was being opened.
    this.#onResize(cols, rows);
    this.store.setState({ kind: 'open' });
    this.#typed.pushText(this.#ahead);
    this.#ahead = '';
  }

  #show(bytes: Uint8Array): void {
    const terminalId = this.#terminalId;
    this.terminal.write(bytes, () => {
      this.#untold += bytes.length;
      if (terminalId === undefined || terminalId !== this.#terminalId || this.#untold < tellTakenAfter) return;
      const taken = this.#untold;
      this.#untold = 0;
      // A line that is lost ends the stream, which says so.
      client.terminal.taken({ terminalId, bytes: taken }).catch(() => undefined);
    });
  }

  #onData(text: string): void {
    if (this.state.kind === 'ended') {
      if (text === '\r') void this.open();
      return;
    }
    if (this.state.kind === 'opening') this.#ahead = (this.#ahead + text).slice(0, mostAhead);
    else this.#typed.pushText(text);
  }

  #onResize(columns: number, rows: number): void {
    const terminalId = this.#terminalId;
    if (terminalId !== undefined) client.terminal.resize({ terminalId, columns, rows }).catch(() => undefined);
  }

  #followLink(event: MouseEvent, text: string): void {
    if (onMac ? event.metaKey : event.ctrlKey) openLink(text);
  }
}

/** A title comes from the device: no control characters, and not without end. */
function plainTitle(title: string): string {
  return title.replaceAll(/\p{C}/gu, '').trim().slice(0, longestTitle);
}
