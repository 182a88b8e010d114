/** The control socket as the real `curl` meets it, where there is one: the forms that are used on a device. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SimulatedDevice, startSimulatedDevice } from './index.ts';
import { objectsOfTwo, twoContainers } from './test-states.ts';

const hasCurl = spawnSync('curl', ['--version']).status === 0;

let dir: string;
let socket: string;
let device: SimulatedDevice;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trailboss-curl-'));
  socket = join(dir, 'pv-ctrl');
  device = await startSimulatedDevice({
    dir: join(dir, 'disk'),
    controlSocket: socket,
    httpPort: false,
    sshPort: false,
    timeScale: 0.01,
    seed: { revisions: [{ name: '0', state: twoContainers() }], objects: objectsOfTwo },
  });
});

afterAll(async () => {
  await device.close();
  await rm(dir, { recursive: true, force: true });
});

type Ran = { readonly code: number | null; readonly out: string };

function curl(args: readonly string[], stdin = Buffer.alloc(0)): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn('curl', ['-sS', '-m', '20', '--unix-socket', socket, '-w', '%{http_code}', ...args]);
    const out: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stdin.on('error', () => {});
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out: Buffer.concat(out).toString('utf8') }));
    child.stdin.end(stdin);
  });
}

describe.skipIf(!hasCurl)('the real curl', () => {
  const bytes = Buffer.alloc(4_000_000, 'object');
  const sha = createHash('sha256').update(bytes).digest('hex');
  const withLength = ['-H', 'Expect:', '-H', 'Transfer-Encoding:', '-H', `Content-Length: ${bytes.length}`, '-T', '-'];
  const url = `http://localhost/objects/${sha}`;

  it('uploads with a length, and again', async () => {
    expect(await curl([...withLength, url], bytes)).toEqual({ code: 0, out: '200' });
    expect(await curl([...withLength, url], bytes)).toEqual({ code: 0, out: '200' });
    expect(device.hasObject(sha)).toBe(true);
  });

  it('meets a broken pipe when it sends an object in chunks that is there', async () => {
    expect([55, 0]).toContain((await curl(['-T', '-', url], bytes)).code);
  });

  it('uploads in chunks what is new, with Expect', async () => {
    const other = Buffer.alloc(3_000_000, 'other');
    const name = createHash('sha256').update(other).digest('hex');
    expect(await curl(['-T', '-', `http://localhost/objects/${name}`], other)).toEqual({ code: 0, out: '200' });
  });

  it('is told of a wrong checksum', async () => {
    expect(await curl([...withLength, `http://localhost/objects/${'ab'.repeat(32)}`], bytes)).toEqual({
      code: 0,
      out: '{"Error":"Object has bad checksum"}422',
    });
  });

  it('runs a revision, and finds the socket gone and back', async () => {
    await curl(['-X', 'PUT', '--data-binary', twoContainers({ os: 'b' }), 'http://localhost/steps/locals/next']);
    const went = new Promise<void>((resolve) =>
      device.onProgress(({ progress }) => progress.status === 'INPROGRESS' && resolve()),
    );
    expect(await curl(['-d', '{"op":"LOCAL_RUN","payload":"locals/next"}', 'http://localhost/commands'])).toEqual({
      code: 0,
      out: '200',
    });
    await went;
    const during = await curl(['http://localhost/steps/locals/next/progress']);
    expect([7, 52, 56, 0]).toContain(during.code);
    await device.whenIdle();
    expect((await curl(['http://localhost/steps/locals/next/progress'])).out).toContain('"status":"DONE"');
  });
});
