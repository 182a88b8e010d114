// `npm start`: sets up what is missing, then opens Trailboss in Electron or in the browser. Runs on Node >= 18.
import { join } from 'node:path';
import { ensureDesktop, ensureRenderer } from './builds.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { fetchElectron, findElectron, whyNoWindow } from './electron-binary.mjs';
import { optionsTakenByNpm, parseLaunchOptions, usage } from './options.mjs';
import { projectNode, projectRoot } from './project.mjs';
import { hand, runMain, say } from './run.mjs';

/** A window that closes with an error this soon after its start could not be opened at all. */
const failedStartMs = 5_000;

await runMain(async () => {
  const args = process.argv.slice(2);
  const parsed = parseLaunchOptions(args);
  if (parsed.kind === 'invalid') {
    console.error(`trailboss: ${parsed.reason}`);
    return 2;
  }
  const [taken] = optionsTakenByNpm(process.env);
  if (taken !== undefined) {
    console.error(`trailboss: npm took --${taken} for itself. Put -- before the options: npm start -- --${taken}`);
    return 2;
  }
  if (parsed.options.help) {
    console.log(usage);
    return 0;
  }
  await ensureDependencies(projectRoot);
  await ensureRenderer(projectRoot);
  const electron = await chooseElectron(parsed.options);
  if ('path' in electron) {
    await ensureDesktop(projectRoot);
    const began = Date.now();
    const code = await hand(electron.path, [join(projectRoot, 'dist/main/main.js'), ...args]);
    if (code === 0 || Date.now() - began > failedStartMs) return code;
    say(`Electron could not open its window (exit code ${code}). Opening in the browser instead.`);
  } else {
    say(`Opening in the browser: ${electron.reason}.`);
  }
  const script = join(projectRoot, 'electron/browser.ts');
  return hand(projectNode(), ['--disable-warning=ExperimentalWarning', script, ...args]);
});

/**
 * @param {import('./options.mjs').LaunchOptions} options
 * @returns {Promise<{ path: string } | { reason: string }>}
 */
async function chooseElectron(options) {
  if (options.browser) return { reason: '--browser' };
  const noWindow = whyNoWindow({ platform: process.platform, env: process.env, uid: process.getuid?.() });
  if (noWindow !== undefined) return { reason: noWindow };
  const found = findElectron(projectRoot);
  return found === undefined ? fetchElectron(projectRoot) : { path: found };
}
