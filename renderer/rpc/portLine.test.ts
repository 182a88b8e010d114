import { createORPCClient } from '@orpc/client';
import { type ContractRouterClient, oc } from '@orpc/contract';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { afterEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { createStore } from 'zustand/vanilla';
import { Connection } from './connection.ts';
import type { ConnectionState } from './connectionState.ts';
import { PortLines } from './portLine.ts';

const testContract = { echo: oc.input(z.string()).output(z.string()) };
const origin = 'trailboss://app';
const cleanup: (() => void)[] = [];
afterEach(() => {
  for (const undo of cleanup.splice(0)) undo();
});

const os = implement(testContract);
const handler = new RPCHandler({ echo: os.echo.handler(({ input }) => input) });

/** What the preload script does: hands one end to the page, after the page's scripts have run. */
function handOver(page: EventTarget, from = origin): MessagePort {
  const { port1, port2 } = new MessageChannel();
  handler.upgrade(port1);
  port1.start();
  page.dispatchEvent(new MessageEvent('message', { data: { type: 'trailboss:port' }, origin: from, ports: [port2] }));
  cleanup.push(() => port1.close());
  return port1;
}

function start() {
  const page = new EventTarget();
  const state = createStore<ConnectionState>()(() => ({ kind: 'connecting' }));
  const connection = new Connection(new PortLines(page, origin).open, state);
  cleanup.push(() => connection.close());
  const client: ContractRouterClient<typeof testContract> = createORPCClient(connection);
  return { page, state, client };
}

test('A call waits for the port and goes over it', async () => {
  const { page, client } = start();
  const answer = client.echo('hello');
  handOver(page);
  expect(await answer).toBe('hello');
});

test('A port that another origin sends is left alone', async () => {
  const { page, state } = start();
  handOver(page, 'https://example.org');
  await new Promise((resolve) => setImmediate(resolve));
  expect(state.getState().kind).toBe('connecting');
});

test('A port that closes is followed by the next one', async () => {
  const { page, state, client } = start();
  const first = handOver(page);
  await client.echo('first');
  first.close();
  await vi.waitFor(() => expect(state.getState().kind).toBe('lost'));
  handOver(page);
  expect(await client.echo('second')).toBe('second');
});
