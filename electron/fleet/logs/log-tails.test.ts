import { expect, test } from 'vitest';
import { type LogEntry, type LogTail, mostUntakenLines } from '../../../shared/contract/logs.ts';
import { type HeardNews, LogTails } from './log-tails.ts';
import { LogOutlet } from './outlet.ts';

const lines = (from: number, count: number): LogEntry[] =>
  Array.from({ length: count }, (_, index) => ({ id: `${from + index}`, level: '', text: `line ${from + index}` }));

test('A window that does not say that it takes lines gets no more than so many; what it misses is counted in their place', () => {
  const outlet = new LogOutlet();
  outlet.push(lines(0, mostUntakenLines));
  expect([outlet.next().length, outlet.isReady]).toEqual([mostUntakenLines, false]);
  for (let bunch = 0; bunch < 100; bunch += 1) outlet.push(lines(mostUntakenLines + bunch * 1000, 1000));
  expect([outlet.isReady, outlet.next()]).toEqual([false, []]);
  outlet.taken(mostUntakenLines);
  const [first, second, ...rest] = outlet.next();
  // A hundred thousand came, and twenty thousand may wait.
  expect([first?.mark, second?.text, rest.length]).toEqual([{ kind: 'skipped', lines: 80_000 }, 'line 100000', 19_999]);
  expect(outlet.isEmpty).toBe(true);
});

/** News that are given one by one. */
function news() {
  const waiting: HeardNews[] = [];
  let wake = () => {};
  let isOver = false;
  async function* read(signal: AbortSignal): AsyncGenerator<HeardNews> {
    signal.addEventListener('abort', () => wake());
    while (!signal.aborted) {
      const piece = waiting.shift();
      if (piece !== undefined) yield piece;
      else if (isOver) return;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  }
  return {
    read,
    say: (piece: Partial<HeardNews>) => {
      waiting.push({ heardAt: 1, entries: [], ...piece });
      wake();
    },
    end: () => {
      isOver = true;
      wake();
    },
  };
}

test('A tail gives what comes in bunches, with where the files end and whether the device is away, and ends with its news', async () => {
  const tails = new LogTails();
  const { read, say, end } = news();
  const given: LogTail[] = [];
  const done = (async () => {
    for await (const bunch of tails.tail('a', 'ssh', read, new AbortController().signal)) given.push(bunch);
  })();
  say({ entries: lines(0, 2), places: { revision: '1', ends: { 'web/log': 20 } } });
  say({ entries: lines(2, 1), places: { revision: '1', ends: { 'os/log': 9 } } });
  say({ heardAt: 5, awaySince: 4 });
  say({ heardAt: 6, entries: lines(3, 1), ended: true });
  end();
  await done;
  expect(given.flatMap(({ entries }) => entries.map(({ text }) => text))).toEqual(['line 0', 'line 1', 'line 2', 'line 3']);
  expect(given.at(-1)).toMatchObject({ heardAt: 6, ended: true, from: 'ssh' });
  const ends = Object.assign({}, ...given.map(({ places }) => places?.ends));
  expect(ends).toEqual({ 'web/log': 20, 'os/log': 9 });
});

test('An abort ends the tail and its reading; a failure is thrown after what came before it', async () => {
  const tails = new LogTails();
  const stop = new AbortController();
  const { read, say } = news();
  const tail = tails.tail('a', 'hub', read, stop.signal);
  say({ entries: lines(0, 1) });
  expect((await tail.next()).value).toMatchObject({ from: 'hub' });
  const next = tail.next();
  stop.abort();
  expect(await next).toEqual({ done: true, value: undefined });

  async function* failing(): AsyncGenerator<HeardNews> {
    yield { heardAt: 1, entries: lines(0, 3) };
    throw new Error('gone');
  }
  const broken = tails.tail('b', 'ssh', failing, new AbortController().signal);
  expect((await broken.next()).value).toMatchObject({ entries: lines(0, 3) });
  await expect(broken.next()).rejects.toThrow('gone');
  // Nobody is there any more.
  tails.taken('b', 3);
});

test('Long lines that wait for a window, and those on their way to it, are held to a size as well', () => {
  const outlet = new LogOutlet();
  const long = 'x'.repeat(65_536);
  const sizeOf = (entries: readonly LogEntry[]) => entries.reduce((sum, { text }) => sum + text.length, 0);
  for (let at = 0; at < 2000; at += 1) outlet.push([{ id: String(at), level: '', text: long }]);
  const first = outlet.next();
  expect([first[0]?.mark?.kind, first.at(-1)?.id]).toEqual(['skipped', '1999']);
  expect(sizeOf(first)).toBeLessThanOrEqual(16_777_216);
  for (let at = 2000; at < 4000; at += 1) outlet.push([{ id: String(at), level: '', text: long }]);
  expect(outlet.next()).toEqual([]);
  outlet.taken(first.length - 1);
  expect(outlet.next().at(-1)?.id).toBe('3999');
});

test('A clock that is set back keeps nobody from hearing that the device still answers', async () => {
  const tails = new LogTails();
  const { read, say, end } = news();
  const given: LogTail[] = [];
  const done = (async () => {
    for await (const bunch of tails.tail('a', 'ssh', read, new AbortController().signal)) given.push(bunch);
  })();
  say({ heardAt: 10_000_000, entries: lines(0, 1) });
  await expect.poll(() => given.length).toBe(1);
  say({ heardAt: 5000 });
  await expect.poll(() => given.at(-1)?.heardAt).toBe(5000);
  end();
  await done;
});
