import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogEntry } from '../../../shared/contract/logs.ts';
import { LogBuffer } from './logBuffer.ts';
import { lineHeight, WrappedRows } from './rowHeights.ts';

const line = (n: number): LogEntry => ({ id: `${n}`, level: n % 3 === 0 ? 'ERROR' : 'INFO', text: 'x'.repeat(Math.abs(n) % 50) });
/** From `from` to `to`, oldest first. */
const lines = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => line(from + index));

/** A buffer whose put-off work is done by hand. */
function buffer(most?: number) {
  const frames: (() => void)[] = [];
  const soon: (() => void)[] = [];
  const made = new LogBuffer(most, { frame: (run) => frames.push(run), soon: (run) => soon.push(run) });
  const run = (list: (() => void)[]) => {
    while (list.length > 0) list.shift()?.();
  };
  return { made, draw: () => run(frames), settle: () => run(soon), frames };
}

const shown = ({ view, get }: { view: LogBuffer['view']; get: (seq: number) => LogEntry | undefined }) =>
  Array.from({ length: view.length }, (_, place) => Number(get(view.at(place) ?? Number.NaN)?.id));
const inView = (made: LogBuffer) => shown({ view: made.view, get: (seq) => made.get(seq) });

test('However many bunches come, the page is drawn once', () => {
  const { made, draw, frames } = buffer();
  let drawn = 0;
  made.subscribe(() => {
    drawn += 1;
  });
  for (let bunch = 0; bunch < 50; bunch += 1) made.append(lines(bunch, bunch));
  expect(frames.length).toBe(1);
  draw();
  expect([drawn, made.version]).toEqual([1, 1]);
});

test('Too many lines let the oldest go, and it is known how many', () => {
  const { made } = buffer(4);
  made.append(lines(1, 3));
  made.append(lines(4, 9));
  expect([inView(made), made.letGo, made.length, made.room]).toEqual([[6, 7, 8, 9], 5, 4, 0]);
});

test('Older lines go before what is there, as far as there is room', () => {
  const { made } = buffer(5);
  made.append(lines(10, 12));
  made.prepend(lines(1, 9));
  expect(inView(made)).toEqual([8, 9, 10, 11, 12]);
});

test('A filter goes through what is there in slices, the newest first', () => {
  const { made, settle } = buffer();
  made.append(lines(0, 20_000));
  made.narrow({ view: ({ level }) => level === 'ERROR' });
  expect([made.isScanning, made.view.length > 2000, made.view.length < 3000]).toEqual([true, true, true]);
  expect(inView(made).at(-1)).toBe(19_998);
  made.append(lines(20_001, 20_004));
  settle();
  expect([made.isScanning, made.view.length, inView(made).at(-1), inView(made)[0]]).toEqual([false, 6669, 20_004, 0]);
});

test('A cleared screen shows what comes then', () => {
  const { made } = buffer();
  made.append(lines(1, 5));
  made.clear();
  expect([inView(made), made.length]).toEqual([[], 0]);
  made.append(lines(6, 7));
  expect(inView(made)).toEqual([6, 7]);
});

type Step = { readonly kind: 'append' | 'prepend' | 'filter' | 'settle' | 'clear'; readonly count: number };

test('Whatever comes in which order: the view is what passes, and wrapped rows lie under each other', () => {
  const step = fc.record<Step>({
    kind: fc.constantFrom('append', 'append', 'append', 'prepend', 'filter', 'settle', 'clear'),
    count: fc.integer({ min: 0, max: 40 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const { made, settle } = buffer(60);
      const rows = new WrappedRows((seq) => 1 + ((made.get(seq)?.text.length ?? 0) % 4));
      let all: number[] = [];
      let newest = 0;
      let oldest = 0;
      let wanted: LogEntry['level'] | undefined;
      for (const { kind, count } of steps) {
        if (kind === 'append') {
          made.append(lines(newest + 1, newest + count));
          all = [...all, ...Array.from({ length: count }, (_, index) => newest + 1 + index)].slice(-60);
          newest += count;
        } else if (kind === 'prepend') {
          const room = Math.min(count, made.room);
          made.prepend(lines(oldest - count, oldest - 1));
          all = [...Array.from({ length: room }, (_, index) => oldest - room + index), ...all];
          oldest -= count;
        } else if (kind === 'filter') {
          wanted = count % 2 === 0 ? 'ERROR' : undefined;
          const level = wanted;
          made.narrow({ view: (entry) => level === undefined || entry.level === level });
        } else if (kind === 'clear') {
          made.clear();
          all = [];
        }
        settle();
        expect(inView(made)).toEqual(all.filter((n) => wanted === undefined || line(n).level === wanted));
        rows.follow(made.view);
        let top = 0;
        for (let place = 0; place < made.view.length; place += 1) {
          expect(rows.top(place)).toBe(top);
          expect(rows.placeAt(top + rows.height(place) - 1)).toBe(place);
          top += rows.height(place);
        }
        expect(rows.total).toBe(top);
        expect(rows.total % lineHeight).toBe(0);
      }
    }),
    { numRuns: 60 },
  );
});
