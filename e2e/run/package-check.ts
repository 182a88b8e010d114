// Packages the program around a stand-in for the Electron binary, says what the asar holds, and runs it on its own. Part of `npm test`.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractAll, extractFile, listPackage, statFile } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { ensureDesktop, ensureRenderer } from '../../electron/launch/builds.mjs';
import { projectNode, projectRoot, toolScript } from '../../electron/launch/project.mjs';
import { run } from '../../electron/launch/run.mjs';
import { packageComplaints } from './package-contents.ts';

/** Marks the fuses inside an Electron binary: version 1, nine fuses, all as they come. https://www.electronjs.org/docs/latest/tutorial/fuses */
const fuseWire = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01\x09101100010';

const wantedFuses = {
  RunAsNode: FuseState.DISABLE,
  EnableCookieEncryption: FuseState.ENABLE,
  EnableNodeOptionsEnvironmentVariable: FuseState.DISABLE,
  EnableNodeCliInspectArguments: FuseState.DISABLE,
  EnableEmbeddedAsarIntegrityValidation: FuseState.ENABLE,
  OnlyLoadAppFromAsar: FuseState.ENABLE,
  GrantFileProtocolExtraPrivileges: FuseState.DISABLE,
} as const;

function makeStandIn(folder: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  writeFileSync(join(folder, 'electron'), `stand-in ${fuseWire} end`);
  chmodSync(join(folder, 'electron'), 0o755);
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'version', 'chrome-sandbox']) {
    writeFileSync(join(folder, file), '');
  }
}

function readAsar(asar: string): Map<string, string> {
  const contents = new Map<string, string>();
  for (const entry of listPackage(asar, { isPack: false })) {
    const path = entry.replaceAll('\\', '/').replace(/^\//, '');
    const isFolder = 'files' in statFile(asar, path);
    if (!isFolder) contents.set(path, extractFile(asar, path).toString('utf8'));
  }
  return contents;
}

async function fuseComplaints(executable: string): Promise<readonly string[]> {
  const wire = await getCurrentFuseWire(executable);
  return Object.entries(wantedFuses).flatMap(([name, state]) => {
    const found = wire[FuseV1Options[name as keyof typeof wantedFuses]];
    return found === state ? [] : [`the fuse ${name} is not ${state === FuseState.ENABLE ? 'on' : 'off'}`];
  });
}

/** Runs what the asar holds in a folder that has nothing else, with a stand-in for `electron`. */
async function runComplaints(asar: string, folder: string): Promise<readonly string[]> {
  extractAll(asar, folder);
  const standIn = join(projectRoot, 'e2e/run/electron-stand-in.mjs');
  const args = ['--disable-warning=ExperimentalWarning', '--import', standIn, join(folder, 'dist/main/main.js')];
  const ran = await run(projectNode(), [...args, '--profile', join(folder, 'profile')], { cwd: folder, timeoutMs: 60_000 });
  const said = '{"page":200,"root":true,"devices":12}';
  return ran.code === 0 && ran.output.trim() === said ? [] : [`run on its own it ends with ${ran.code} and says: ${ran.output}`];
}

const work = mkdtempSync(join(tmpdir(), 'trailboss-package-'));
try {
  await ensureRenderer(projectRoot);
  await ensureDesktop(projectRoot);
  makeStandIn(join(work, 'electron'));
  const args = ['--config', 'electron-builder.config.mjs', '--publish', 'never', '--linux', '--dir'];
  const places = [`-c.electronDist=${join(work, 'electron')}`, `-c.directories.output=${join(work, 'release')}`];
  const packed = await run(projectNode(), [toolScript('electron-builder'), ...args, ...places], { cwd: projectRoot });
  if (packed.code !== 0) throw new Error(`electron-builder failed:\n${packed.output}`);

  const program = join(work, 'release/linux-unpacked');
  const asar = join(program, 'resources/app.asar');
  const contents = readAsar(asar);
  const complaints = [
    ...packageComplaints(contents, [projectRoot, work]),
    ...(await fuseComplaints(join(program, 'trailboss'))),
    ...(await runComplaints(asar, join(work, 'unpacked'))),
  ];
  const bytes = [...contents.values()].reduce((sum, text) => sum + text.length, 0);
  console.log(`the packaged program holds ${contents.size} files, ${(bytes / 1e6).toFixed(1)} MB:`);
  for (const folder of ['dist/main/', 'dist/preload/', 'dist/renderer/']) {
    console.log(`  ${folder} ${[...contents.keys()].filter((path) => path.startsWith(folder)).length} files`);
  }
  for (const complaint of complaints) console.error(`  WRONG: ${complaint}`);
  process.exitCode = complaints.length === 0 ? 0 : 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
