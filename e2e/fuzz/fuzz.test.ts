/** A bounded number of tries for every parser; `npm run fuzz` goes on for longer. */
import { afterAll, expect, test } from 'vitest';
import { allTargets } from './all-targets.ts';
import { fuzz } from './target.ts';

const { targets, close } = await allTargets(0.1);
afterAll(close);

test.each(targets)('$name', async (target) => {
  const run = await fuzz(target, { seed: Math.trunc(Math.random() * 2 ** 31), tries: target.tries });
  expect(run.failure).toBeUndefined();
});
