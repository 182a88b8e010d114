import { afterEach, expect, test, vi } from 'vitest';
import type { WorkNews } from '../../../../shared/contract/checkout.ts';
import { showProblem } from '../../../ui/ProblemNotice.tsx';
import { showNotice } from '../../../ui/showNotice.ts';
import { cancelWork, startWork, useWorks, type Work, watchWork } from './works.ts';

vi.mock('../../../ui/showNotice.ts', () => ({ showNotice: vi.fn() }));
vi.mock('../../../ui/ProblemNotice.tsx', () => ({ showProblem: vi.fn() }));

afterEach(() => vi.clearAllMocks());

const workOf = (id: string): Work | undefined => useWorks.getState().byId[id];
const ended = (id: string) => expect.poll(() => workOf(id)?.state).not.toBe('running');

async function* telling(...news: readonly WorkNews[]): AsyncIterable<WorkNews> {
  yield* news;
}

/** Goes on until it is left. */
async function* endless(signal: AbortSignal): AsyncIterable<WorkNews> {
  yield { kind: 'progress', text: 'begun' };
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
}

test('work that somebody watches shows its news and its end there', async () => {
  const id = startWork('Export', async () =>
    telling(
      { kind: 'progress', text: 'half' },
      { kind: 'output', from: 'stdout', text: 'line' },
      { kind: 'done', text: 'All of it' },
    ),
  );
  const leave = watchWork(id);
  await ended(id);
  expect(workOf(id)).toMatchObject({ state: 'done', progress: { text: 'half' }, done: { text: 'All of it' } });
  expect(workOf(id)?.output.lines.map(({ text }) => text)).toEqual(['line']);
  expect(showNotice).not.toHaveBeenCalled();
  leave();
  expect(workOf(id)).toBeUndefined();
});

test('work that nobody watches any more tells its end, and a command that failed what it said', async () => {
  const well = startWork('Export', async () => telling({ kind: 'done', text: 'All of it' }));
  const badly = startWork('pvr', async () =>
    telling({ kind: 'output', from: 'stderr', text: 'no room' }, { kind: 'done', text: 'It failed', exitCode: 2 }),
  );
  await expect.poll(() => workOf(well) ?? workOf(badly)).toBeUndefined();
  expect(showNotice).toHaveBeenCalledExactlyOnceWith('All of it');
  expect(showProblem).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ what: 'It failed', raw: 'no room' }));
});

test('cancelling leaves the stream, and is no failure', async () => {
  const id = startWork('Clone', async ({ signal }) => endless(signal));
  const leave = watchWork(id);
  await expect.poll(() => workOf(id)?.progress?.text).toBe('begun');
  cancelWork(id);
  await ended(id);
  expect(workOf(id)?.state).toBe('cancelled');
  leave();
});
