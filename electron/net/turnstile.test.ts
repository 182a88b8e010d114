import { describe, expect, it } from 'vitest';
import { Turnstile } from './turnstile.ts';

const never = new AbortController().signal;

describe('Turnstile', () => {
  it('lets callers through one after the other, in order', async () => {
    const turnstile = new Turnstile();
    const order: string[] = [];
    let inside = 0;
    await Promise.all(
      ['a', 'b', 'c', 'd'].map(async (name) => {
        const leave = await turnstile.enter(never);
        inside += 1;
        expect(inside).toBe(1);
        order.push(name);
        await Promise.resolve();
        inside -= 1;
        leave();
        leave();
      }),
    );
    expect(order).toEqual(['a', 'b', 'c', 'd']);
  });

  it('does not hold others up when one gives up waiting', async () => {
    const turnstile = new Turnstile();
    const leaveFirst = await turnstile.enter(never);
    const impatient = new AbortController();
    const second = turnstile.enter(impatient.signal);
    const third = turnstile.enter(never);
    impatient.abort();
    await expect(second).rejects.toMatchObject({ code: 'CANCELLED' });
    leaveFirst();
    (await third)();
  });

  it('refuses at once with a signal that has fired', async () => {
    await expect(new Turnstile().enter(AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
