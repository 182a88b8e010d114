import { describe, expect, it } from 'vitest';
import { Listeners } from '../fleet/listeners.ts';
import { everyEvent, latestValue } from './live.ts';

describe('everyEvent', () => {
  it('gives the snapshot first and then each event in order, also those told while nobody read', async () => {
    const listeners = new Listeners<number>();
    const stream = everyEvent(
      () => [0],
      (push) => listeners.add(push),
      undefined,
    );
    expect((await stream.next()).value).toBe(0);
    listeners.tell(1);
    listeners.tell(2);
    expect([(await stream.next()).value, (await stream.next()).value]).toEqual([1, 2]);
    await stream.return();
    expect(listeners.size).toBe(0);
  });

  it('keeps no more than a limit for a reader that is stuck, and tells it to subscribe anew', async () => {
    const listeners = new Listeners<number>();
    const stream = everyEvent(
      () => [0],
      (push) => listeners.add(push),
      undefined,
    );
    await stream.next();
    for (let event = 0; event < 30_000; event += 1) listeners.tell(event);
    expect(listeners.size).toBe(0);
    await expect(stream.next()).rejects.toThrow('does not read');
  });

  it('misses nothing that happens while the snapshot is taken', async () => {
    const listeners = new Listeners<string>();
    const stream = everyEvent(
      () => {
        listeners.tell('meanwhile');
        return ['snapshot'];
      },
      (push) => listeners.add(push),
      undefined,
    );
    expect([(await stream.next()).value, (await stream.next()).value]).toEqual(['snapshot', 'meanwhile']);
    await stream.return();
  });
});

describe('latestValue', () => {
  it('skips values that nobody had time to read', async () => {
    const listeners = new Listeners<void>();
    let value = 1;
    const stream = latestValue(
      () => value,
      (push) => listeners.add(push),
      undefined,
    );
    expect((await stream.next()).value).toBe(1);
    for (value = 2; value < 9; value += 1) listeners.tell();
    expect((await stream.next()).value).toBe(9);
    await stream.return();
    expect(listeners.size).toBe(0);
  });

  it('ends while it waits when its reader goes away', async () => {
    const listeners = new Listeners<void>();
    const reader = new AbortController();
    const stream = latestValue(
      () => 1,
      (push) => listeners.add(push),
      reader.signal,
    );
    await stream.next();
    const waiting = stream.next();
    reader.abort();
    expect((await waiting).done).toBe(true);
    expect(listeners.size).toBe(0);
  });
});
