import { afterEach, expect, it, vi } from 'vitest';
import type { RemoteShell } from '../../net/ssh-shell.ts';
import { startTestDevice } from '../../simulator/test-device.ts';
import { closeAll, closers, linkTo, pair } from './test-link.ts';

const never = new AbortController().signal;
const size = { columns: 80, rows: 24 };

afterEach(closeAll);

const start = () => startTestDevice({ authorizedKeys: [pair.publicLine] });

function screenOf(shell: RemoteShell): () => string {
  closers.push(() => shell.close());
  let shown = '';
  shell.onOutput((bytes) => {
    shown += Buffer.from(bytes).toString('utf8');
  });
  return () => shown;
}

it('opens a shell on the host, and in a container by its name, while what is open stays so', async () => {
  const device = await start();
  const { link } = linkTo(device, { ways: ['ssh'] });
  await link.connect(never);
  const host = screenOf(await link.openShell({ container: undefined, size }, never));
  const inside = screenOf(await link.openShell({ container: 'web', size }, never));
  await vi.waitFor(() =>
    expect([host(), inside()]).toEqual([expect.stringContaining('pantavisor'), expect.stringContaining('web')]),
  );
  expect((await link.readContainers(never)).map(({ name }) => name)).toContain('web');
});

it('opens none where the container is not there, the key is refused, or the host key is another one', async () => {
  const device = await start();
  const { link, pin } = linkTo(device, { ways: ['ssh'] });
  const nowhere = await link.openShell({ container: 'nosuch', size }, never);
  screenOf(nowhere);
  expect((await nowhere.ended).code).toBe(1);
  pin({ algorithm: 'ssh-ed25519', fingerprint: `SHA256:${'A'.repeat(43)}` });
  await expect(link.openShell({ container: undefined, size }, never)).rejects.toMatchObject({ code: 'HOST_KEY_CHANGED' });
  pin(undefined);
  await expect(link.openShell({ container: undefined, size }, never)).rejects.toMatchObject({ code: 'HOST_KEY_UNKNOWN' });
  const stranger = await startTestDevice();
  const refused = linkTo(stranger, { ways: ['ssh'] }).link.openShell({ container: undefined, size }, never);
  await expect(refused).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
});

it('says that SSH is missing where it is not set up', async () => {
  const device = await start();
  const opening = linkTo(device, { ways: ['http'] }).link.openShell({ container: undefined, size }, never);
  await expect(opening).rejects.toMatchObject({ code: 'WAY_MISSING' });
});
