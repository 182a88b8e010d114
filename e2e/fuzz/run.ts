// `npm run fuzz`: every parser under fire, for a minute by default. `npm run fuzz -- 600` takes ten; `--only NAME --seed N --path P` repeats
// a failure. The same properties run for a bounded number of tries with the other tests.
import { parseArgs } from 'node:util';
import { allTargets } from './all-targets.ts';
import { fuzz, fuzzFor } from './target.ts';

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
const { path } = values;
let failures = 0;
for (const target of chosen) {
  process.stdout.write(`${target.name} (from seed ${firstSeed}) … `);
  const run =
    path === undefined
      ? await fuzzFor(target, { seed: firstSeed, milliseconds })
      : await fuzz(target, { seed: firstSeed, tries: target.tries, path });
  console.log(run.failure === undefined ? `${run.tries} tries` : `FAILED after ${run.tries} tries\n${run.failure}`);
  if (run.failure !== undefined) failures += 1;
}
await close();
console.log(failures === 0 ? 'Nothing was found.' : `${failures} of ${chosen.length} failed.`);
process.exitCode = failures === 0 ? 0 : 1;
