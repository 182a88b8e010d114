// `npm run check`: types, lint and format, import rules.
import { ensureDependencies } from '../../electron/launch/dependencies.mjs';
import { projectNode, projectRoot, toolScript } from '../../electron/launch/project.mjs';
import { run, runMain, say } from '../../electron/launch/run.mjs';

/** @type {readonly { name: string, args: readonly string[] }[]} */
const checks = [
  { name: 'types', args: [toolScript('typescript'), '-p', '.'] },
  { name: 'lint and format', args: [toolScript('@biomejs/biome'), 'check', '.'] },
  { name: 'import rules', args: ['e2e/run/check-house.ts'] },
];

await runMain(async () => {
  await ensureDependencies(projectRoot);
  let failed = 0;
  for (const { name, args } of checks) {
    const result = await run(projectNode(), args, { cwd: projectRoot });
    say(`${name}: ${result.code === 0 ? 'in order' : 'FAILED'}`);
    if (result.code !== 0) console.log(result.output.trimEnd());
    failed += result.code === 0 ? 0 : 1;
  }
  return failed === 0 ? 0 : 1;
});
