import { expect, test, vi } from 'vitest';
import { startTestDevice } from './test-device.ts';
import { logIn } from './test-login.ts';

test('A device that is told to prints numbered lines while it is on', async () => {
  const device = await startTestDevice({ logLines: 5000 });
  const { run, close } = await logIn(device);
  const path = `${device.storagePath}/logs/current`;
  await vi.waitFor(() => expect(device.linesPrinted()).toBeGreaterThan(2000));
  const printed = (await run('sh', `cat ${path}/os/lxc/console.log ${path}/web/lxc/console.log\n`)).stdout;
  const numbers = [...printed.matchAll(/#(\d+)$/gm)].map(([, number]) => Number(number)).sort((a, b) => a - b);
  expect(numbers.length).toBeGreaterThan(2000);
  expect(numbers.slice(0, 2000)).toEqual(Array.from({ length: 2000 }, (_, index) => index + 1));
  device.powerCut({ seconds: 1000 });
  close();
  const before = device.linesPrinted();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(device.linesPrinted()).toBe(before);
});
