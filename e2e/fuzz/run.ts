// `npm run fuzz`: every parser under fire, for a minute by default. `npm run fuzz -- 600` takes ten; `--only NAME --seed N --path P` repeats
// a failure. The same properties run for a bounded number of tries with the other tests.
import { parseArgs } from 'node:util';
import { allTargets } from './all-targets.ts';
import { fuzz } from './target.ts';

const { values, positionals } = parseArgs({
  options: { only: { type: 'string' }, seed: { type: 'string' }, path: { type: 'string' } },
  allowPositionals: true,
});
const seconds = Number(positionals[0] ?? 60);
const firstSeed = values.seed === undefined ? Math.trunc(Math.random() * 2 ** 31) : Number(values.seed);
const { targets, close } = await allTargets(1);
const chosen = targets.filter(({ name }) => values.only === undefined || name === values.only);
if (chosen.length === 0 || !(seconds > 0) || !Number.isInteger(firstSeed)) {
  console.error(
    `usage: npm run fuzz -- [SECONDS] [--only NAME] [--seed N] [--path P]\nnames: ${targets.map(({ name }) => name).join(', ')}`,
  );
  process.exit(2);
}

const milliseconds = (seconds * 1000) / chosen.length;
let failures = 0;
for (const [index, target] of chosen.entries()) {
  const seed = values.seed === undefined ? firstSeed + index : firstSeed;
  process.stdout.write(`${target.name} (seed ${seed}) … `);
  const { path } = values;
  const run = await fuzz(target, {
    seed,
    tries: path === undefined ? 10_000_000 : 1,
    milliseconds,
    ...(path !== undefined && { path }),
  });
  console.log(run.failure === undefined ? `${run.tries} tries` : `FAILED after ${run.tries} tries\n${run.failure}`);
  if (run.failure !== undefined) failures += 1;
}
await close();
console.log(failures === 0 ? 'Nothing was found.' : `${failures} of ${chosen.length} failed.`);
process.exitCode = failures === 0 ? 0 : 1;
