import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { batchBytes, mostUntaken, OutputFlow } from './output-flow.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const bytes = (size: number, of = 120) => new Uint8Array(size).fill(of);

test('The first word after a silence goes out at once, what follows it in batches', async () => {
  const flow = new OutputFlow({ hold: () => undefined });
  flow.push(bytes(1));
  expect(await flow.next()).toHaveLength(1);
  for (let at = 0; at < 5; at += 1) flow.push(bytes(10));
  const next = flow.next();
  await vi.advanceTimersByTimeAsync(16);
  expect(await next).toHaveLength(50);
});

test('A full batch does not wait for the clock', async () => {
  const flow = new OutputFlow({ hold: () => undefined });
  flow.push(bytes(1));
  await flow.next();
  flow.push(bytes(batchBytes));
  expect(await flow.next()).toHaveLength(batchBytes);
});

test('The shell is held back while the window is behind, and let go when it has caught up', async () => {
  const held: boolean[] = [];
  const flow = new OutputFlow({ hold: (isHeld) => held.push(isHeld) });
  for (let at = 0; at < 7; at += 1) flow.push(bytes(batchBytes));
  expect(held).toEqual([]);
  flow.push(bytes(batchBytes));
  expect(held).toEqual([true]);
  for (let at = 0; at < 4; at += 1) flow.taken((await flow.next())?.length ?? 0);
  expect(held).toEqual([true]);
  flow.taken((await flow.next())?.length ?? 0);
  expect(held).toEqual([true, false]);
});

test('A window that claims to have taken more than it was given changes nothing', async () => {
  const held: boolean[] = [];
  const flow = new OutputFlow({ hold: (isHeld) => held.push(isHeld) });
  flow.push(bytes(mostUntaken));
  flow.taken(Number.MAX_SAFE_INTEGER);
  expect(held).toEqual([true]);
});

test('Whatever the pieces, the bytes come out in order and none is lost', async () => {
  vi.useRealTimers();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1, maxLength: 400 }), { maxLength: 40 }), async (pieces) => {
      const flow = new OutputFlow({ hold: () => undefined });
      for (const piece of pieces) flow.push(piece);
      flow.end();
      const out: Uint8Array[] = [];
      for (let batch = await flow.next(); batch; batch = await flow.next()) out.push(batch);
      expect(Buffer.concat(out).equals(Buffer.concat(pieces))).toBe(true);
    }),
  );
});
