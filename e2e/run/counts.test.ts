import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { playwrightCounts, vitestCounts } from './counts.mjs';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trailboss-counts-'));
  file = join(folder, 'report.json');
});
afterEach(() => rm(folder, { recursive: true }));

test('counts the tests of vitest, and a file that could not be loaded as a failure', async () => {
  const testResults = [
    { status: 'passed', assertionResults: [{}] },
    { status: 'failed', assertionResults: [{}] },
    { status: 'failed', assertionResults: [] },
  ];
  await writeFile(file, JSON.stringify({ numPassedTests: 12, numFailedTests: 1, testResults }));
  expect(vitestCounts(file)).toEqual({ passed: 12, failed: 2 });
});

test('counts the tests of Playwright, and errors outside of them as failures', async () => {
  await writeFile(file, JSON.stringify({ stats: { expected: 5, unexpected: 2, flaky: 0, skipped: 1 }, errors: [{}] }));
  expect(playwrightCounts(file)).toEqual({ passed: 5, failed: 3 });
});

test.each(['', '{}', '[]'])('a report that reads %j counts nothing', async (text) => {
  await writeFile(file, text);
  expect([vitestCounts(file), playwrightCounts(file)]).toEqual([undefined, undefined]);
});
