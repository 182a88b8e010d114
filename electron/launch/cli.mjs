#!/usr/bin/env node
// The command line of a clone: `npx trailboss forecast a.json b.json`. Sets up what is missing. Runs on Node >= 18.
import { join } from 'node:path';
import { dependenciesAreInstalled, ensureDependencies } from './dependencies.mjs';
import { projectNode, projectRoot } from './project.mjs';
import { hand, runMain } from './run.mjs';

await runMain(async () => {
  if (!dependenciesAreInstalled(projectRoot)) {
    // What set-up says must not stand in an answer that a program reads.
    console.log = console.error;
    await ensureDependencies(projectRoot);
  }
  const script = join(projectRoot, 'electron/cli.ts');
  return hand(projectNode(), ['--disable-warning=ExperimentalWarning', script, ...process.argv.slice(2)]);
});
