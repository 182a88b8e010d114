import { spawn } from 'node:child_process';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { nameProbe, portProbe } from './probe-network.ts';

const never = new AbortController().signal;
const unknown = () => Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }));

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A port whose waiting room is full, so that the system drops what comes: the same as an address behind a firewall that drops. */
async function silentPort(): Promise<{ readonly port: number; close(): void }> {
  const listens = `const server = require('net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    require('fs').writeSync(1, String(server.address().port));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;
  const child = spawn(process.execPath, ['-e', listens], { stdio: ['ignore', 'pipe', 'ignore'] });
  const port = await new Promise<number>((resolve) => child.stdout.once('data', (text: Buffer) => resolve(Number(text))));
  const waiting = Array.from({ length: 4 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  await new Promise((resolve) => waiting[1]?.once('connect', resolve));
  return {
    port,
    close() {
      for (const socket of waiting) socket.destroy();
      child.kill('SIGKILL');
    },
  };
}

it('gives all addresses of a name, and none for what is one', async () => {
  const several = async () => [{ address: '10.0.0.7', family: 4 } as const, { address: 'fd00::7', family: 6 } as const];
  expect(await nameProbe('board', several).ask(never)).toEqual({ state: 'ok', found: '10.0.0.7 (IPv4), fd00::7 (IPv6)' });
  expect((await nameProbe('localhost').ask(never)).found).toMatch(/127\.0\.0\.1|::1/);
  expect(await nameProbe('fd00::7').ask(never)).toMatchObject({ state: 'ok', found: expect.stringContaining('no name') });
});

it('says what to do about a name that nobody knows, and of a .local one what that takes', async () => {
  const plain = nameProbe('bord.example', unknown).ask(never);
  await expect(plain).rejects.toMatchObject({ code: 'UNREACHABLE', data: { next: expect.stringContaining('DNS') } });
  const local = nameProbe('board.local', unknown).ask(never);
  await expect(local).rejects.toMatchObject({ data: { next: expect.stringContaining('mDNS') } });
});

it('tells a closed port from an address where nobody is', async () => {
  const port = await freePort();
  const refused = portProbe({ host: '127.0.0.1', port }, 'SSH server').ask(never);
  await expect(refused).rejects.toMatchObject({
    code: 'UNREACHABLE',
    data: { what: `A computer is there, but nothing takes connections on port ${port}.` },
  });
});

it('tells an address where nobody answers', async () => {
  const { port, close } = await silentPort();
  const nobody = portProbe({ host: '127.0.0.1', port }, 'SSH server', 300).ask(never);
  await expect(nobody).rejects.toMatchObject({
    code: 'UNREACHABLE',
    data: { what: `Nobody answers at 127.0.0.1:${port}: the question was sent, and nothing came back.` },
  });
  close();
});
