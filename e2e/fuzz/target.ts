import fc from 'fast-check';
import { Unsound } from './soundness.ts';

/** A parser under fire. */
export interface Target {
  readonly name: string;
  /** So many tries in the tests; the long run goes on until its time is over. */
  readonly tries: number;
  readonly property: fc.IRawProperty<unknown>;
}

export function target<T>(name: string, tries: number, values: fc.Arbitrary<T>, check: (value: T) => void): Target {
  return { name, tries, property: fc.property(values, check) };
}

export function asyncTarget<T>(name: string, tries: number, values: fc.Arbitrary<T>, check: (value: T) => Promise<void>): Target {
  return { name, tries, property: fc.asyncProperty(values, check) };
}

export interface FuzzRun {
  readonly tries: number;
  readonly seed: number;
  /** A failure as a person reads it; undefined where all went well. */
  readonly failure: string | undefined;
}

/** Tries a target so many times; `path` is where in the run a failure was that is to be seen again. */
export async function fuzz(
  { name, property }: Target,
  { seed, tries, path }: { readonly seed: number; readonly tries: number; readonly path?: string | undefined },
): Promise<FuzzRun> {
  const result = await fc.check(property, { seed, numRuns: tries, ...(path !== undefined && { path }) });
  if (!result.failed || result.counterexample === null) return { tries: result.numRuns, seed, failure: undefined };
  const error = result.errorInstance;
  const said = error instanceof Unsound ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  const shown = fc.stringify(result.counterexample);
  const value = shown.length > 3000 ? `${shown.slice(0, 3000)}… (${shown.length} characters)` : shown;
  return {
    tries: result.numRuns,
    seed,
    failure: `${name}: ${said}\n  again: npm run fuzz -- --only ${JSON.stringify(name)} --seed ${seed} --path ${result.counterexamplePath}\n  with: ${value}`,
  };
}

/** Tries a target with one seed after the other until its time is over: what has begun is gone through to its end. */
export async function fuzzFor(
  target: Target,
  { seed, milliseconds }: { readonly seed: number; readonly milliseconds: number },
): Promise<FuzzRun> {
  const end = performance.now() + milliseconds;
  let tries = 0;
  for (let next = seed; ; next += 1) {
    const run = await fuzz(target, { seed: next, tries: target.tries });
    tries += run.tries;
    if (run.failure !== undefined || performance.now() >= end) return { ...run, tries };
  }
}
