import { expect, it, onTestFinished, vi } from 'vitest';
import type { SimulatedDevice } from '../options.ts';
import { startTestDevice } from '../test-device.ts';
import { openTerminal } from '../test-login.ts';

/** A terminal as a person sees it: escape sequences taken away. */
async function start(device: SimulatedDevice, user = '/') {
  const shell = await openTerminal(device, user);
  onTestFinished(() => shell.close());
  let shown = '';
  shell.onOutput((bytes) => {
    shown += Buffer.from(bytes)
      .toString('utf8')
      .replaceAll(/\x1b\][^\x07]*\x07|\x1b\[[\d;]*[A-Za-z]/g, '');
  });
  return {
    shell,
    type: (text: string) => shell.write(Buffer.from(text)),
    shows: (what: string | RegExp) => vi.waitFor(() => expect(shown).toMatch(what), { timeout: 5000 }),
    forget: () => {
      shown = '';
    },
  };
}

it('has a prompt, shows what is typed, and runs it', async () => {
  const { shell, type, shows } = await start(await startTestDevice());
  await shows(/BusyBox[\s\S]*pantavisor:\/# $/);
  await type('echo one twoo\x7f\r');
  await shows('echo one two');
  await shows(/\r\none two\r\npantavisor:\/# $/);
  await type('x=kept\r');
  await type('echo "$x here"; nosuch\r');
  await shows(/kept here\r\nsh: nosuch: not found\r\n/);
  await type('pvcontrol ls\r');
  await shows(/"name":"web"/);
  await type('exit 4\r');
  expect(await shell.ended).toEqual({ code: 4, signal: undefined });
});

it('knows folders, and the size of the screen as it is now', async () => {
  const { shell, type, shows } = await start(await startTestDevice());
  await type('cd /var/pantavisor/storage\r');
  await type('ls; pwd\r');
  await shows(/logs\r\nobjects\r\ntrails\r\n\/var\/pantavisor\/storage\r\npantavisor:\/var\/pantavisor\/storage# $/);
  await type('cd nowhere\r');
  await shows("can't cd to nowhere");
  await type('stty size\r');
  await shows(/\r\n24 80\r\n/);
  shell.resize({ columns: 132, rows: 50 });
  await type('stty size\r');
  await shows(/\r\n50 132\r\n/);
});

it('lands in the container that the user names, and says where there is none', async () => {
  const device = await startTestDevice();
  const inside = await start(device, 'web');
  await inside.shows(/web:\/# $/);
  const nowhere = await start(device, 'nosuch');
  expect(await nowhere.shell.ended).toEqual({ code: 1, signal: undefined });
  await nowhere.shows("nosuch doesn't exist\r\nno container found: nosuch\r\n");
});

it('lets Ctrl-C end what runs, gives a program what is typed, and ends by Ctrl-D', async () => {
  const { shell, type, shows, forget } = await start(await startTestDevice());
  await shows(/# $/);
  await type('tail -f /var/pantavisor/storage/logs/current/pantavisor/pantavisor.log\r');
  await shows(/\[pantavisor\]/);
  forget();
  await type('\x03');
  await shows(/\^C\r\npantavisor:\/# $/);
  await type('echo $?\r');
  await shows(/\r\n130\r\n/);
  await type('cat\r');
  await type('said\r');
  await shows(/said\r\nsaid\r\n/);
  await type('\x04');
  await shows(/# $/);
  await type('\x04');
  expect((await shell.ended).code).toBe(0);
});

it('goes with the device that reboots', async () => {
  const device = await startTestDevice();
  const { shell, shows } = await start(device);
  await shows(/# $/);
  device.powerCut();
  expect(await shell.ended).toEqual({ code: undefined, signal: undefined });
});
