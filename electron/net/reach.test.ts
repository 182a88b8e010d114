import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { firstWords } from './reach.ts';

test('Of a server that never ends its greeting so much is read and no more, and at once', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    const more = () => {
      while (!socket.destroyed && socket.write('x'.repeat(65_536)));
    };
    socket.on('drain', more);
    more();
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const closed = new Promise((resolve) => server.once('connection', (socket) => socket.once('close', resolve)));
  const startedAt = performance.now();
  const said = await firstWords(
    { host: '127.0.0.1', port },
    { bytes: 512, ms: 60_000, until: /\n/ },
    new AbortController().signal,
  );
  expect([said.length, performance.now() - startedAt < 10_000]).toEqual([512, true]);
  await closed;
}, 20_000);
