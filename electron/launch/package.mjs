// `npm run package`: builds everything, then the installable programs of this platform with electron-builder. Its options pass through,
// such as `npm run package -- --linux --dir`.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDesktop, ensureRenderer } from './builds.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { projectNode, projectRoot, toolScript } from './project.mjs';
import { hand, runMain } from './run.mjs';

await runMain(async () => {
  await ensureDependencies(projectRoot);
  await ensureRenderer(projectRoot);
  await ensureDesktop(projectRoot);
  rmSync(join(projectRoot, 'release'), { recursive: true, force: true });
  const args = ['--config', 'electron-builder.config.mjs', '--publish', 'never', ...process.argv.slice(2)];
  return hand(projectNode(), [toolScript('electron-builder'), ...args], { cwd: projectRoot });
});
