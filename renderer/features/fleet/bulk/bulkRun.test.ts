import { expect, test } from 'vitest';
import type { KnownProblem } from '../../../../shared/contract/errors.ts';
import { DeviceId } from '../../../../shared/contract/ids.ts';
import { atOnce, type BulkEvent, type BulkRun, bulkAfter, bulkOf, countOf, isUnderWay, runBulk } from './bulkRun.ts';

const problemOf = (error: unknown): KnownProblem => ({ code: 'INTERNAL', what: String(error), unchanged: '', next: '' });
const targets = Array.from({ length: 10 }, (_, index) => ({ id: DeviceId.parse(`d${index}`), name: `device ${index}` }));

function bench() {
  let run: BulkRun = bulkOf(targets);
  let most = 0;
  const tell = (event: BulkEvent) => {
    run = bulkAfter(run, event);
    most = Math.max(most, countOf(run, 'running'));
  };
  return { read: () => run, tell, most: () => most };
}

const states = ({ items }: BulkRun) => items.map(({ state }) => state.kind.slice(0, 1)).join('');

test('Each device gets its turn, a few at once, and one that fails stops no other', async () => {
  const { read, tell, most } = bench();
  await runBulk(read, tell, (id) => (id === 'd3' ? Promise.reject('no') : Promise.resolve()), problemOf);
  expect([states(read()), most(), isUnderWay(read())]).toEqual(['dddfdddddd', atOnce, false]);
});

test('Stopped, nothing further begins, and what is under way ends; the rest can be done later', async () => {
  const { read, tell } = bench();
  const act = (id: DeviceId) => {
    if (id === 'd5') tell({ kind: 'stop' });
    return Promise.resolve();
  };
  await runBulk(read, tell, act, problemOf);
  const stopped = states(read());
  expect(stopped.startsWith('dddd')).toBe(true);
  expect(stopped).toMatch(/^d+l+$/);
  tell({ kind: 'again' });
  await runBulk(read, tell, () => Promise.resolve(), problemOf);
  expect([states(read()), read().stopped]).toEqual(['dddddddddd', false]);
});

test('Trying again takes those that failed only', async () => {
  const { read, tell } = bench();
  await runBulk(read, tell, (id) => (id > 'd6' ? Promise.reject('no') : Promise.resolve()), problemOf);
  tell({ kind: 'again' });
  const asked: string[] = [];
  await runBulk(
    read,
    tell,
    (id) => {
      asked.push(id);
      return Promise.resolve();
    },
    problemOf,
  );
  expect([asked, states(read())]).toEqual([['d7', 'd8', 'd9'], 'dddddddddd']);
});
