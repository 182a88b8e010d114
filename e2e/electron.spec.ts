// The program in real Electron, where its binary and a display are there.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron as electron, expect, test } from '@playwright/test';
import { ensureDesktop, ensureRenderer } from '../electron/launch/builds.mjs';
import { findElectron, whyNoWindow } from '../electron/launch/electron-binary.mjs';
import { projectRoot } from '../electron/launch/project.mjs';

const binary = findElectron(projectRoot);
const noWindow = whyNoWindow({ platform: process.platform, env: process.env, uid: process.getuid?.() });

// The binary is fetched on first use and is not everywhere; the shell is tested with doubles in electron/main.
test.skip(binary === undefined || noWindow !== undefined, noWindow ?? 'no Electron binary is here');

test('the window shows the fleet, holds no Node, and refuses to leave', async () => {
  await ensureRenderer(projectRoot);
  await ensureDesktop(projectRoot);
  const profile = await mkdtemp(join(tmpdir(), 'trailboss-electron-'));
  const app = await electron.launch({
    ...(binary === undefined ? {} : { executablePath: binary }),
    args: [join(projectRoot, 'dist/main/main.js'), '--profile', profile],
  });
  try {
    const opened = await app.firstWindow();
    await expect(opened.getByRole('main')).toBeVisible();
    const page = await opened.evaluate(() => ({
      origin: location.origin,
      bridge: window.trailboss,
      node: typeof Reflect.get(window, 'require') + typeof Reflect.get(window, 'process'),
      popup: window.open('https://pantavisor.io/') === null,
    }));
    expect(page).toEqual({ origin: 'trailboss://app', bridge: { kind: 'electron' }, node: 'undefinedundefined', popup: true });
  } finally {
    await app.close();
    await rm(profile, { recursive: true, force: true });
  }
});
