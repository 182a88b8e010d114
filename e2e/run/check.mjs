// `npm run check`: types, lint and format, and the walls of the house.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDependencies } from '../../electron/launch/dependencies.mjs';
import { projectNode, projectRoot, toolScript } from '../../electron/launch/project.mjs';
import { run, runMain, say } from '../../electron/launch/run.mjs';

/** Where the configuration is written that compiles shared/ without any platform. */
const withoutPlatform = join(projectRoot, '.cache/without-platform');

/** @type {readonly { name: string, args: readonly string[] }[]} */
const checks = [
  { name: 'types', args: [toolScript('typescript'), '-p', '.'] },
  { name: 'types of shared/ without Node and DOM', args: [toolScript('typescript'), '-p', withoutPlatform] },
  { name: 'lint and format', args: [toolScript('@biomejs/biome'), 'check', '.'] },
  { name: 'walls of the house', args: ['e2e/run/check-house.ts'] },
];

await runMain(async () => {
  await ensureDependencies(projectRoot);
  writeConfigWithoutPlatform();
  let failed = 0;
  for (const { name, args } of checks) {
    const result = await run(projectNode(), args, { cwd: projectRoot });
    say(`${name}: ${result.code === 0 ? 'in order' : 'FAILED'}`);
    if (result.code !== 0) console.log(result.output.trimEnd());
    failed += result.code === 0 ? 0 : 1;
  }
  return failed === 0 ? 0 : 1;
});

/** Blob is there in Node and in browsers alike, and the contract carries files in it. */
function writeConfigWithoutPlatform() {
  const config = {
    extends: '../../tsconfig.json',
    compilerOptions: { lib: ['es2024', 'esnext.disposable'], types: [] },
    include: ['../../shared', 'blob.d.ts'],
    exclude: ['../../shared/**/*.test.ts'],
  };
  mkdirSync(withoutPlatform, { recursive: true });
  writeFileSync(join(withoutPlatform, 'tsconfig.json'), JSON.stringify(config));
  writeFileSync(join(withoutPlatform, 'blob.d.ts'), 'declare class Blob { readonly size: number; readonly type: string; }\n');
}
