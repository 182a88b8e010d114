import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { makeKeyPair } from './keys.ts';
import { type RealSshd, startRealSshd } from './real-sshd.ts';
import { openShell, type RemoteShell } from './ssh-shell.ts';

const never = new AbortController().signal;
const pair = makeKeyPair('trailboss-test');
const open: RemoteShell[] = [];
let sshd: RealSshd;

beforeAll(async () => {
  sshd = await startRealSshd();
  sshd.authorize(pair.publicLine);
});
afterEach(() => {
  for (const shell of open.splice(0)) shell.close();
});
afterAll(() => sshd.close());

interface Screen {
  readonly shell: RemoteShell;
  readonly shown: () => string;
  readonly bytes: () => number;
  type(text: string): Promise<void>;
  shows(what: RegExp): Promise<void>;
}

async function start(size = { columns: 90, rows: 30 }, pinned = sshd.hostKey()): Promise<Screen> {
  const target = { host: '127.0.0.1', port: sshd.port, user: sshd.user };
  const login = { kind: 'private-key', pem: pair.privateKey, passphrase: undefined } as const;
  const shell = await openShell({ target, login, pinned, size, signal: never });
  open.push(shell);
  let shown = '';
  let bytes = 0;
  shell.onOutput((chunk) => {
    bytes += chunk.length;
    shown = (shown + Buffer.from(chunk).toString('utf8')).slice(-20_000);
  });
  return {
    shell,
    shown: () => shown,
    bytes: () => bytes,
    type: (text) => shell.write(Buffer.from(text)),
    shows: (what) => vi.waitFor(() => expect(shown).toMatch(what), { timeout: 8000 }),
  };
}

it('is a terminal of the size that was asked for, and of the one that it is given later', async () => {
  const { type, shows, shell } = await start();
  await type('tty -s && echo "is a $TERM"; stty size\n');
  await shows(/is a xterm-256color\r\n30 90\r\n/);
  shell.resize({ columns: 120, rows: 41 });
  await type('stty size\n');
  await shows(/41 120\r\n/);
});

it('takes control characters as keys: Ctrl-C ends what runs, Ctrl-D the shell', async () => {
  const { type, shows, shell } = await start();
  await type("echo re''ady\n");
  await shows(/ready/);
  await type('sleep 1000\n');
  await shows(/sleep 1000\r\n/);
  await type('\x03');
  await type('echo $((6 * 7))\n');
  await shows(/42\r\n/);
  await type('\x04');
  expect((await shell.ended).code).toBeTypeOf('number');
});

it('tells the exit code, and the signal that ended it', async () => {
  const first = await start();
  await first.type('exit 7\n');
  expect(await first.shell.ended).toEqual({ code: 7, signal: undefined });
  const second = await start();
  await second.type('kill -KILL $$\n');
  expect(await second.shell.ended).toEqual({ code: undefined, signal: 'SIGKILL' });
});

it('is held back while it is paused, and loses nothing by it', async () => {
  const { type, bytes, shell, shows } = await start();
  await type('PS1=; stty -echo\n');
  await type("echo begins; head -c 8000000 /dev/zero | tr '\\0' x; echo; echo ends here\n");
  await shows(/begins/);
  await vi.waitFor(() => expect(bytes()).toBeGreaterThan(100_000));
  shell.pause();
  // Meanwhile another one is opened and used: the first one's output would long be over.
  const other = await start();
  await other.type('head -c 8000000 /dev/zero | wc -c\n');
  await other.shows(/8000000\r\n/);
  // What the window of its channel let through (ssh2: 2 MiB) is all that came.
  expect(bytes()).toBeLessThan(6_000_000);
  shell.resume();
  await shows(/ends here/);
  expect(bytes()).toBeGreaterThan(8_000_000);
});

it('says that it was cut off, without an exit code', async () => {
  const { type, shows, shell } = await start();
  await type('echo up and $((40 + 2))\n');
  await shows(/up and 42/);
  sshd.killSessions();
  expect(await shell.ended).toEqual({ code: undefined, signal: undefined });
  await shell.write(Buffer.from('into the void'));
  shell.resize({ columns: 10, rows: 10 });
});

it('goes no further than a host key that nobody accepted', async () => {
  const other = { ...sshd.hostKey(), fingerprint: `SHA256:${'A'.repeat(43)}` };
  await expect(start(undefined, other)).rejects.toMatchObject({ code: 'HOST_KEY_CHANGED' });
});

it('opens nothing for a caller that went away', async () => {
  const target = { host: '127.0.0.1', port: sshd.port, user: sshd.user };
  const login = { kind: 'private-key', pem: pair.privateKey, passphrase: undefined } as const;
  const signal = AbortSignal.abort();
  const opening = openShell({ target, login, pinned: sshd.hostKey(), size: { columns: 80, rows: 24 }, signal });
  await expect(opening).rejects.toMatchObject({ code: 'CANCELLED' });
});
