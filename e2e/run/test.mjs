// `npm test`: sets up what is missing, then checks, unit tests, end-to-end tests and the package check; `npm test -- unit` runs one
// part. The last line is `N passed, N failed`, summed over unit and end-to-end tests; any other part that fails counts as one.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureRenderer } from '../../electron/launch/builds.mjs';
import { ensureDependencies } from '../../electron/launch/dependencies.mjs';
import { projectNode, projectRoot, toolScript } from '../../electron/launch/project.mjs';
import { run, runMain, SetupError, say } from '../../electron/launch/run.mjs';
import { ensureChromium, ensureSshPrograms } from './system-programs.mjs';

/** @typedef {import('./counts.mjs').Counts} Counts */

const reports = join(projectRoot, 'test-results');
/** @type {NodeJS.ProcessEnv} */
const env = { ...process.env, NODE_ENV: 'test' };

/** @type {Readonly<Record<string, () => Promise<Counts>>>} */
const parts = {
  check: async () => outcome(await tool(['e2e/run/check.mjs'])),
  unit: async () => {
    await ensureSshPrograms();
    const report = join(reports, 'unit.json');
    rmSync(report, { force: true });
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const code = await tool([toolScript('vitest'), ...args]);
    const { vitestCounts } = await import('./counts.mjs');
    return counted(code, vitestCounts(report));
  },
  e2e: async () => {
    env.TRAILBOSS_CHROMIUM = await ensureChromium();
    await ensureRenderer(projectRoot);
    const report = join(reports, 'e2e.json');
    rmSync(report, { force: true });
    const code = await tool([toolScript('@playwright/test'), 'test']);
    const { playwrightCounts } = await import('./counts.mjs');
    return counted(code, playwrightCounts(report));
  },
  package: async () => outcome(await tool(['e2e/run/package-check.ts'])),
};

await runMain(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => parts[name] === undefined);
  if (unknown !== undefined) {
    console.error(`trailboss: there is no part "${unknown}" of the tests: ${Object.keys(parts).join(', ')}.`);
    return 2;
  }
  await ensureDependencies(projectRoot);
  mkdirSync(reports, { recursive: true });
  const total = { passed: 0, failed: 0 };
  for (const [name, part] of Object.entries(parts)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    say(`${name} …`);
    const began = Date.now();
    const { passed, failed } = await part().catch(notSetUp);
    say(`${name}: ${failed === 0 ? 'in order' : `${failed} FAILED`}, ${((Date.now() - began) / 1000).toFixed(0)} s`);
    total.passed += passed;
    total.failed += failed;
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
});

/**
 * A part that can't be set up is a failure; the others still run.
 * @param {unknown} error
 * @returns {Counts}
 */
function notSetUp(error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`${error.details}\ntrailboss: ${error.message}`.trimStart());
  return { passed: 0, failed: 1 };
}

/** @param {readonly string[]} args */
async function tool(args) {
  return (await run(projectNode(), args, { cwd: projectRoot, env, output: 'show' })).code;
}

/**
 * @param {number} code
 * @returns {Counts}
 */
function outcome(code) {
  return { passed: 0, failed: code === 0 ? 0 : 1 };
}

/**
 * @param {number} code
 * @param {Counts | undefined} counts
 * @returns {Counts}
 */
function counted(code, counts) {
  if (counts === undefined) return { passed: 0, failed: 1 };
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
