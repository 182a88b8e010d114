import { createServer } from 'node:http';
import { createORPCClient } from '@orpc/client';
import { type ContractRouterClient, eventIterator, oc } from '@orpc/contract';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, expect, test, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import { createStore } from 'zustand/vanilla';
import { backoff, Connection } from './connection.ts';
import { ConnectionLostError } from './connectionLost.ts';
import type { ConnectionState } from './connectionState.ts';
import { liveQuery } from './liveQuery.ts';
import { openSocketLine } from './socketLine.ts';

const testContract = {
  echo: oc.input(z.string()).output(z.string()),
  /** Never answers. */
  hang: oc.output(z.string()),
  watch: oc.output(eventIterator(z.string())),
};

/** A real WebSocket server with a stream that begins with a snapshot, for tests. */
class TestServer {
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

const cleanup: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo();
});

async function start() {
  const server = await new TestServer().listen();
  cleanup.push(() => server.close());
  const state = createStore<ConnectionState>()(() => ({ kind: 'connecting' }));
  const seen: string[] = [];
  state.subscribe(({ kind }) => seen.push(kind));
  const connection = new Connection((signal) => openSocketLine(server.address, signal), state);
  cleanup.push(() => connection.close());
  const client: ContractRouterClient<typeof testContract> = createORPCClient(connection);
  return { server, state, seen, connection, client };
}

test('The pause between tries doubles from a quarter of a second to four seconds', () => {
  expect([0, 1, 2, 3, 4, 5, 20].map(backoff)).toEqual([250, 500, 1000, 2000, 4000, 4000, 4000]);
});

test('A call waits for the first line', async () => {
  const { client, seen } = await start();
  expect(await client.echo('hello')).toBe('hello');
  expect(seen).toEqual(['open']);
});

test('A call that was on its way fails as lost, and the next one goes over the new line', async () => {
  const { server, client, seen } = await start();
  await client.echo('first');
  const hanging = client.hang();
  const outcome = expect(hanging).rejects.toBeInstanceOf(ConnectionLostError);
  await client.echo('the hanging call has been sent before this one');
  server.cut();
  await outcome;
  expect(await client.echo('again')).toBe('again');
  expect(seen).toEqual(['open', 'lost', 'open']);
});

test('A stream fails as lost', async () => {
  const { server, client } = await start();
  server.say('one');
  const stream = await client.watch();
  expect((await stream.next()).value).toBe('one');
  const next = stream.next();
  const outcome = expect(next).rejects.toBeInstanceOf(ConnectionLostError);
  server.cut();
  await outcome;
});

test('A server that is away is tried again until it is back', async () => {
  const { server, client, state } = await start();
  await client.echo('first');
  const { port } = server;
  await server.close();
  await vi.waitFor(() => expect(state.getState()).toMatchObject({ kind: 'lost', attempts: 2 }));
  const back = await new TestServer().listen(port);
  cleanup.push(() => back.close());
  expect(await client.echo('back')).toBe('back');
  expect(state.getState().kind).toBe('open');
});

test('Looking again tries at once', async () => {
  const { server, client, state, connection } = await start();
  await client.echo('first');
  const { port } = server;
  await server.close();
  await vi.waitFor(() => expect(state.getState()).toMatchObject({ kind: 'lost', attempts: 3 }));
  const back = await new TestServer().listen(port);
  cleanup.push(() => back.close());
  const asked = Date.now();
  connection.retryNow();
  await vi.waitFor(() => expect(state.getState().kind).toBe('open'), { interval: 10 });
  expect(Date.now() - asked).toBeLessThan(900);
});

test('A closed connection stays closed', async () => {
  const { client, connection, state } = await start();
  await client.echo('first');
  connection.close();
  await expect(client.echo('late', { signal: AbortSignal.timeout(300) })).rejects.toThrow();
  expect(state.getState().kind).not.toBe('connecting');
});

test('A live query keeps its view over a break, and takes the new snapshot without a gap', async () => {
  const { server, client } = await start();
  const orpc = createTanstackQueryUtils(client);
  const queries = new QueryClient();
  cleanup.push(() => queries.clear());
  const views: (string | undefined)[] = [];
  const observer = new QueryObserver(
    queries,
    liveQuery(orpc.watch, undefined, (_previous: string | undefined, word: string) => word),
  );
  cleanup.push(observer.subscribe(({ data }) => views.push(data)));

  server.say('one');
  await vi.waitFor(() => expect(views.at(-1)).toBe('one'));
  server.cut();
  server.said.push('missed');
  await vi.waitFor(() => expect(views.at(-1)).toBe('one missed'));
  server.say('three');
  await vi.waitFor(() => expect(views.at(-1)).toBe('three'));
  expect(views.slice(views.indexOf('one'))).not.toContain(undefined);
});

test('Nobody looks any more: the stream ends on the other side, and its last view stays', async () => {
  const { server, client } = await start();
  const orpc = createTanstackQueryUtils(client);
  const queries = new QueryClient();
  cleanup.push(() => queries.clear());
  const options = liveQuery(orpc.watch, undefined, (_previous: string | undefined, word: string) => word);
  const observer = new QueryObserver(queries, options);
  server.say('one');
  const leave = observer.subscribe(() => undefined);
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe('one'));
  leave();
  await vi.waitFor(() => expect(server.watchers).toBe(0));
  expect(queries.getQueryData(options.queryKey)).toBe('one');
});
