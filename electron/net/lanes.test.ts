import { expect, it } from 'vitest';
import { Lanes } from './lanes.ts';

const never = new AbortController().signal;

it('lets so many through at once, and the others in their order', async () => {
  const lanes = new Lanes(2);
  const ends: (() => void)[] = [];
  const begun: number[] = [];
  const runs = [0, 1, 2, 3].map((number) =>
    lanes.run(() => {
      begun.push(number);
      return new Promise<void>((resolve) => ends.push(resolve));
    }, never),
  );
  await expect.poll(() => begun).toEqual([0, 1]);
  ends[1]?.();
  await expect.poll(() => begun).toEqual([0, 1, 2]);
  for (const end of ends) end();
  await expect.poll(() => begun).toEqual([0, 1, 2, 3]);
  for (const end of ends) end();
  await Promise.all(runs);
});

it('gives the lane back when the work fails, and holds nobody up who was cancelled in the queue', async () => {
  const lanes = new Lanes(1);
  const stop = new AbortController();
  const { promise, reject } = Promise.withResolvers<void>();
  const first = lanes.run(() => promise, never);
  const second = lanes.run(() => Promise.resolve(), stop.signal);
  const third = lanes.run(() => Promise.resolve('third'), never);
  stop.abort();
  await expect(second).rejects.toMatchObject({ code: 'CANCELLED' });
  reject(new Error('failed'));
  await expect(first).rejects.toThrow('failed');
  await expect(third).resolves.toBe('third');
});
