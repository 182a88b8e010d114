import { createServer } from 'node:http';
import { eventIterator, oc } from '@orpc/contract';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { z } from 'zod';

export const testContract = {
  echo: oc.input(z.string()).output(z.string()),
  /** Never answers. */
  hang: oc.output(z.string()),
  watch: oc.output(eventIterator(z.string())),
};

/** A real WebSocket server with a stream that begins with a snapshot, for tests. */
export class TestServer {
  /** Each is heard by everybody who watches; the snapshot joins all. */
  readonly said: string[] = [];
  watchers = 0;
  #tell = new Set<(word: string) => void>();
  #http = createServer();
  #sockets = new WebSocketServer({ server: this.#http });
  port = 0;

  async listen(port = 0): Promise<this> {
    const os = implement(testContract);
    const handler = new RPCHandler(
      os.router({
        echo: os.echo.handler(({ input }) => input),
        hang: os.hang.handler(() => new Promise<string>(() => undefined)),
        watch: os.watch.handler(({ signal }) => this.#watch(signal)),
      }),
    );
    this.#sockets.on('connection', (socket) => void handler.upgrade(socket, { context: {} }));
    await new Promise<void>((resolve) => this.#http.listen(port, '127.0.0.1', resolve));
    const address = this.#http.address();
    this.port = typeof address === 'object' && address !== null ? address.port : 0;
    return this;
  }

  get address(): string {
    return `ws://127.0.0.1:${this.port}`;
  }

  say(word: string): void {
    this.said.push(word);
    for (const tell of this.#tell) tell(word);
  }

  /** Cuts every connection, as a crash does; the server goes on listening. */
  cut(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  async close(): Promise<void> {
    this.cut();
    this.#sockets.close();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  async *#watch(signal: AbortSignal | undefined): AsyncGenerator<string> {
    const queue = [this.said.join(' ')];
    let wake: () => void = () => undefined;
    const tell = (word: string) => {
      queue.push(word);
      wake();
    };
    this.#tell.add(tell);
    this.watchers += 1;
    signal?.addEventListener('abort', () => wake());
    try {
      while (signal?.aborted !== true) {
        for (let word = queue.shift(); word !== undefined; word = queue.shift()) yield word;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      this.#tell.delete(tell);
      this.watchers -= 1;
    }
  }
}
