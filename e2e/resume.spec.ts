// A crash of the program in mid-upload: started again on the same profile, the post completes.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulatedDevice } from '../electron/simulator/index.ts';
import { baseState } from '../electron/test-bench.ts';
import { expect, startApp, test } from './app.ts';
import { newDraft, post } from './steps.ts';

const sha = (digit: string) => digit.repeat(64);

test('add a device by address, kill -9 in mid-upload, start again: the post completes', async ({ page }) => {
  const dir = await mkdtemp(join(tmpdir(), 'trailboss-resume-'));
  const device = await startSimulatedDevice({
    dir: join(dir, 'device'),
    timeScale: 0.05,
    sshPort: false,
    seed: {
      revisions: [{ name: 'locals/base', state: baseState, message: 'base', status: 'DONE' }],
      objects: ['a', 'b', 'c'].map((digit) => ({ sha256: sha(digit), content: digit })),
    },
  });
  const profile = join(dir, 'profile');
  const first = await startApp({ profile });
  try {
    await page.goto(first.address);
    await page.getByRole('button', { name: 'Add by address' }).click();
    await page.getByLabel('Address').fill('127.0.0.1');
    await page.getByRole('button', { name: 'Ports, user and key' }).click();
    await page.getByLabel('Port').first().fill(String(device.httpPort));
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page
      .getByRole('row', { name: /127\.0\.0\.1/ })
      .getByText('127.0.0.1')
      .first()
      .click();

    device.faults.set('slow-upload:400000');
    await newDraft(page);
    await page
      .getByRole('treeitem', { name: /root\.squashfs/ })
      .last()
      .click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Replace…' }).click();
    await (await chooser).setFiles({
      name: 'root.squashfs',
      mimeType: 'application/octet-stream',
      buffer: Buffer.alloc(4_000_000, 1),
    });
    await post(page, 'A large file', 'large');
    await expect(page.getByRole('progressbar')).toBeVisible();
    await expect.poll(() => page.getByRole('progressbar').getAttribute('aria-valuenow')).not.toBe('0');
    await first.kill();

    device.faults.clear('slow-upload:400000');
    const second = await startApp({ profile, port: first.port });
    await expect(page.getByText(/runs it now|locals\/large/).first()).toBeVisible();
    await device.whenIdle();
    await expect.poll(() => device.progress('locals/large')?.status, { timeout: 30_000 }).toBe('UPDATED');
    await second.stop();
  } finally {
    await first.kill();
    await device.close();
    await rm(dir, { recursive: true, force: true });
  }
});
