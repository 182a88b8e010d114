// Runs a script of the project on the Node 24 of its dependencies, which it sets up first: `node on-node24.mjs <script> [arguments]`.
import { ensureDependencies } from './dependencies.mjs';
import { projectNode, projectRoot } from './project.mjs';
import { hand, runMain } from './run.mjs';

await runMain(async () => {
  await ensureDependencies(projectRoot);
  return hand(projectNode(), ['--disable-warning=ExperimentalWarning', ...process.argv.slice(2)], { cwd: projectRoot });
});
