import { expect, test } from 'vitest';
import { maxTypedBytes } from '../../../../shared/contract/terminal.ts';
import { TypedQueue } from './typedQueue.ts';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test('What is typed while a message is under way goes in the next one, in order', async () => {
  const sent: string[] = [];
  const gates: (() => void)[] = [];
  const queue = new TypedQueue((bytes) => {
    sent.push(text(bytes));
    return new Promise((resolve) => gates.push(resolve));
  });
  for (const key of ['l', 's', ' ', 'é', '\r']) queue.pushText(key);
  expect(sent).toEqual(['l']);
  gates[0]?.();
  await Promise.resolve();
  await Promise.resolve();
  expect(sent).toEqual(['l', 's é\r']);
});

test('A large paste goes in pieces that the backend takes, and none is lost', async () => {
  const sent: Uint8Array[] = [];
  const done = Promise.withResolvers<void>();
  const all = 'x'.repeat(maxTypedBytes * 3 + 5);
  let size = 0;
  const queue = new TypedQueue(async (bytes) => {
    sent.push(bytes);
    size += bytes.length;
    if (size === all.length) done.resolve();
  });
  queue.pushText(all);
  await done.promise;
  expect(sent.every((bytes) => bytes.length <= maxTypedBytes)).toBe(true);
  expect(sent.map(text).join('')).toBe(all);
});

test('What a shell that ended does not take is dropped, and the next one starts clean', async () => {
  const sent: string[] = [];
  let ended = true;
  const queue = new TypedQueue(async (bytes) => {
    if (ended) throw new Error('it has ended');
    sent.push(text(bytes));
  });
  queue.pushText('lost');
  await Promise.resolve();
  await Promise.resolve();
  ended = false;
  queue.pushText('kept');
  await Promise.resolve();
  expect(sent).toEqual(['kept']);
});
