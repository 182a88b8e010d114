// `npm run dev`: the screens from Vite with hot reload, before a browser host that starts anew when its sources change.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureDependencies } from './dependencies.mjs';
import { defaultPort, parseLaunchOptions } from './options.mjs';
import { projectNode, projectRoot, toolScript } from './project.mjs';
import { runMain, say } from './run.mjs';

/** Vite's port, as vite.config.ts has it. */
const vitePort = 5173;

await runMain(async () => {
  const args = process.argv.slice(2);
  const parsed = parseLaunchOptions(args);
  if (parsed.kind === 'invalid') {
    console.error(`trailboss: ${parsed.reason}`);
    return 2;
  }
  await ensureDependencies(projectRoot);
  const hostPort = parsed.options.port ?? defaultPort;
  const behind = `http://127.0.0.1:${vitePort}`;
  say(`Vite on ${behind}, the browser host behind it on port ${hostPort}; open the address that comes below.`);
  const env = { ...process.env, TRAILBOSS_HOST_PORT: String(hostPort) };
  const host = [
    '--disable-warning=ExperimentalWarning',
    '--watch',
    '--watch-preserve-output',
    join(projectRoot, 'electron/browser.ts'),
    '--behind',
    behind,
    '--no-open',
    ...args,
  ];
  const programs = [
    spawn(projectNode(), [toolScript('vite')], { cwd: projectRoot, env, stdio: ['ignore', 'inherit', 'inherit'] }),
    spawn(projectNode(), host, { cwd: projectRoot, env, stdio: 'inherit' }),
  ];
  const stop = () => {
    for (const program of programs) program.kill('SIGTERM');
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const ends = programs.map((program) => new Promise((end) => program.on('exit', (code) => end(code ?? 0))));
  const code = await Promise.race(ends);
  stop();
  await Promise.all(ends);
  return code;
});
