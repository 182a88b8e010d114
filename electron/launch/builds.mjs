import { projectNode, toolScript } from './project.mjs';
import { run, SetupError, saying } from './run.mjs';
import { buildWhenChanged } from './stamp.mjs';

/**
 * Builds the screens into dist/renderer.
 * @param {string} root
 */
export function ensureRenderer(root) {
  return buildWhenChanged({
    root,
    name: 'renderer',
    inputs: ['renderer', 'shared', 'assets', 'vite.config.ts', 'package-lock.json'],
    output: 'dist/renderer/index.html',
    build: () => saying('Building the screens', () => vite(root, ['build'])),
  });
}

/**
 * Builds Electron's main process and preload script into dist/main and dist/preload.
 * @param {string} root
 */
export function ensureDesktop(root) {
  return buildWhenChanged({
    root,
    name: 'desktop',
    inputs: ['electron', 'shared', 'vite.electron.config.ts', 'package.json', 'package-lock.json'],
    output: 'dist/main/main.js',
    build: () =>
      saying('Building the desktop program', async () => {
        await vite(root, ['build', '--config', 'vite.electron.config.ts', '--mode', 'preload']);
        await vite(root, ['build', '--config', 'vite.electron.config.ts', '--mode', 'main']);
      }),
  });
}

/**
 * @param {string} root
 * @param {readonly string[]} args
 */
async function vite(root, args) {
  const env = { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' };
  const result = await run(projectNode(root), [toolScript('vite', root), ...args], { cwd: root, env });
  if (result.code !== 0) throw new SetupError('The build failed; see above.', result.output);
}
