/** One measured figure: what, how much, and what it is held against. */
export interface Figure {
  readonly what: string;
  readonly value: string;
  readonly note: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The value that so many percent of all stay below or at. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
}

/** The same figure at two sizes: the large one, and what it grew from. */
export function grown<Measured>(
  [small, large]: readonly [Sized<Measured>, Sized<Measured>],
  what: string,
  pick: (of: Measured) => number,
  unit: (value: number) => string,
): Figure {
  const [before, after] = [pick(small.measured), pick(large.measured)];
  const ratio = before > 0 ? `: × ${(after / before).toFixed(1)}` : '';
  return { what, value: unit(after), note: `at ${count(large.size)}; ${unit(before)} at ${count(small.size)}${ratio}` };
}

export interface Sized<Measured> {
  readonly size: number;
  readonly measured: Measured;
}

const count = (size: number) => size.toLocaleString('en');

/** The median of so many runs, after one that does not count; in milliseconds. */
export function medianTime(runs: number, work: () => void): number {
  work();
  const times = Array.from({ length: runs }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  });
  return median(times);
}

export const ms = (value: number) => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
export const kb = (bytes: number) => `${(bytes / 1e3).toFixed(1)} kB`;
export const percent = (share: number) => `${(share * 100).toFixed(2)} %`;
export const mb = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;

export function printFigures(title: string, figures: readonly Figure[]): void {
  const width = Math.max(...figures.map((figure) => figure.what.length));
  console.log(`\n${title}`);
  for (const { what, value, note } of figures) console.log(`  ${what.padEnd(width)}  ${value.padStart(10)}  ${note}`);
}
