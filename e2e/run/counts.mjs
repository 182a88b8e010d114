import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** @typedef {{ passed: number, failed: number }} Counts */

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number().optional(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })).optional(),
});
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.unknown()).optional(),
});

/**
 * What vitest's JSON report counts; a file that could not even be loaded is one failure.
 * @param {string} file
 * @returns {Counts | undefined} undefined when there is no readable report
 */
export function vitestCounts(file) {
  const report = read(file, vitestReport);
  if (report === undefined) return undefined;
  const unloaded = (report.testResults ?? []).filter(
    (result) => result.status === 'failed' && result.assertionResults.length === 0,
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length };
}

/**
 * What Playwright's JSON report counts; errors outside of tests are failures.
 * @param {string} file
 * @returns {Counts | undefined} undefined when there is no readable report
 */
export function playwrightCounts(file) {
  const report = read(file, playwrightReport);
  if (report === undefined) return undefined;
  return { passed: report.stats.expected + report.stats.flaky, failed: report.stats.unexpected + (report.errors?.length ?? 0) };
}

/**
 * @template T
 * @param {string} file
 * @param {z.ZodType<T>} schema
 * @returns {T | undefined}
 */
function read(file, schema) {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
