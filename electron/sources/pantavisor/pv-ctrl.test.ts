import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { RevisionName, Sha256 } from '../../../shared/state/ids.ts';
import { makeKeyPair } from '../../net/keys.ts';
import { type RealSshd, startRealSshd } from '../../net/real-sshd.ts';
import { SshConnection } from '../../net/ssh.ts';
import type { ObjectUpload } from '../source.ts';
import { PvCtrl } from './pv-ctrl.ts';
import { type ControlSocket, startControlSocket } from './test-control-socket.ts';

const never = new AbortController().signal;
const pair = makeKeyPair('trailboss-test');
let dir: string;
let storage: string;
let sshd: RealSshd;
let ssh: SshConnection;
let control: ControlSocket;

beforeAll(async () => {
  sshd = await startRealSshd();
  sshd.authorize(pair.publicLine);
  ssh = await connect();
});
afterAll(async () => {
  ssh.close();
  await sshd.close();
});

function connect(): Promise<SshConnection> {
  const target = { host: '127.0.0.1', port: sshd.port, user: sshd.user };
  const login = { kind: 'private-key', pem: pair.privateKey, passphrase: undefined } as const;
  return SshConnection.open({ target, login, pinned: sshd.hostKey(), signal: never });
}

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'trailboss-ctrl-'));
  storage = join(dir, 'storage');
  mkdirSync(join(storage, 'objects'), { recursive: true });
  control = await startControlSocket(join(dir, 'pv-ctrl'), storage);
});
afterEach(async () => {
  await control.close();
  rmSync(dir, { recursive: true, force: true });
});

const openCtrl = (heardBefore = false, connection = ssh) => PvCtrl.open(connection, control.path, heardBefore, never);
const revision = (name: string) => RevisionName.parse(name);

function uploadOf(bytes: Buffer, told: number[] = []): ObjectUpload {
  const sha = Sha256.parse(createHash('sha256').update(bytes).digest('hex'));
  async function* open(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 70_000) yield bytes.subarray(at, at + 70_000);
  }
  return { sha, size: bytes.length, name: 'web/root.squashfs', open, onBytes: (sent) => told.push(sent) };
}

async function all(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('over a real SSH server and a real curl', () => {
  it('uploads objects of some MB, empty ones and known ones', async () => {
    const ctrl = await openCtrl();
    expect(ctrl.program).toBe('curl');
    const told: number[] = [];
    const big = uploadOf(Buffer.alloc(5 * 1024 ** 2 + 1, 'squash'), told);
    expect(await ctrl.uploadObject(big, never)).toBe('sent');
    expect(told.at(-1)).toBe(big.size);
    const empty = uploadOf(Buffer.alloc(0));
    expect(await ctrl.uploadObject(empty, never)).toBe('sent');
    expect(await ctrl.uploadObject(big, never)).toBe('sent');
    expect(await ctrl.objects(never)).toEqual(
      new Map([
        [big.sha, big.size],
        [empty.sha, 0],
      ]),
    );
  });

  it('never sends the last of an object whose bytes are wrong', async () => {
    const ctrl = await openCtrl();
    const wrong = { ...uploadOf(Buffer.alloc(200_000, 1)), sha: Sha256.parse('ab'.repeat(32)) };
    await expect(ctrl.uploadObject(wrong, never)).rejects.toMatchObject({ code: 'BAD_CHECKSUM' });
    expect(control.objects.size).toBe(0);
  });

  it('stops an upload that is cancelled', async () => {
    const ctrl = await openCtrl();
    const controller = new AbortController();
    const bytes = Buffer.alloc(3_000_000, 2);
    const upload = { ...uploadOf(bytes), onBytes: (sent: number) => sent > 500_000 && controller.abort() };
    await expect(ctrl.uploadObject(upload, controller.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(control.objects.size).toBe(0);
    await ctrl.ping(never);
  });

  it('takes several uploads and polls at the same time', async () => {
    const ctrl = await openCtrl();
    const uploads = Array.from({ length: 6 }, (_, index) => uploadOf(Buffer.alloc(900_000, index)));
    await Promise.all([...uploads.map((upload) => ctrl.uploadObject(upload, never)), ctrl.ping(never), ctrl.timeline(never)]);
    expect(control.objects.size).toBe(6);
  });

  it('reads objects from the disk where it can, else through the socket, and checks them', async () => {
    const ctrl = await openCtrl();
    const bytes = Buffer.alloc(2_000_000, 'bytes of an object ');
    const { sha } = uploadOf(bytes);
    writeFileSync(join(storage, 'objects', sha), bytes);
    expect((await all(ctrl.downloadObject(sha, never))).equals(bytes)).toBe(true);
    expect(control.requests).not.toContain(`GET /objects/${sha}`);
    rmSync(join(storage, 'objects', sha));
    control.objects.set(sha, bytes);
    expect((await all(ctrl.downloadObject(sha, never))).equals(bytes)).toBe(true);
    expect(control.requests).toContain(`GET /objects/${sha}`);
    control.objects.set(sha, Buffer.from('something else'));
    await expect(all(ctrl.downloadObject(sha, never))).rejects.toMatchObject({ code: 'BAD_CHECKSUM' });
    control.objects.clear();
    await expect(all(ctrl.downloadObject(sha, never))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('posts a state byte for byte, once, with its message, and never over another one', async () => {
    const ctrl = await openCtrl();
    const state = `{ "#spec":"x@1",\n\t"a/run.json": {"b" : 1.50, "é😀":"\\u00e9'$(id)\`"} }\n\n`;
    const message = 'it\'s "new"\n$(reboot) `x` \\ é';
    const post = { name: revision('locals/fix-1'), message, state };
    await ctrl.post(post, never);
    expect(control.steps.get('locals/fix-1')).toEqual({ state: Buffer.from(state), message });
    expect(await ctrl.state(post.name, never)).toBe(state);
    await ctrl.post(post, never);
    expect(control.requests.filter((request) => request === 'PUT /steps/locals/fix-1')).toHaveLength(1);
    await expect(ctrl.post({ ...post, state: `${state} ` }, never)).rejects.toMatchObject({ code: 'NAME_TAKEN' });
  });

  it.each(['locals/a b', 'locals/a/b', 'locals/..', "locals/';id;'", 'x{1,2}', 'a%20b', ''])(
    'does not ask for a revision called %j',
    async (name) => {
      const ctrl = await openCtrl();
      await expect(ctrl.state(name as RevisionName, never)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    },
  );

  it('reports what the device refuses in its words', async () => {
    const ctrl = await openCtrl();
    control.answer = () => ({
      status: 503,
      body: '{"Error":"Cannot do this operation while update is ongoing"}',
      headers: { 'Retry-After': '600' },
    });
    await expect(ctrl.run(revision('locals/x'), never)).rejects.toMatchObject({
      code: 'DEVICE_BUSY',
      data: { what: expect.stringContaining('an update is running') },
    });
    control.answer = () => ({ status: 403, body: '{"Error":"Forbidden"}' });
    await expect(ctrl.containerAction('os', 'stop', never)).rejects.toMatchObject({ code: 'REFUSED_BY_DEVICE' });
    control.answer = () => ({ status: 507, body: '{"Error":"Not enough disk space available"}' });
    await expect(ctrl.uploadObject(uploadOf(Buffer.from('x')), never)).rejects.toMatchObject({ code: 'NO_SPACE' });
    control.answer = (_method, path) =>
      path.endsWith('/progress') ? { status: 404, body: '{"Error":"Resource does not exist"}' } : undefined;
    expect(await ctrl.progress(revision('locals/x'), never)).toBeUndefined();
  });

  it.each([
    ['a web page', '<html>hello</html>'],
    ['half of it', '[{"name": "0", "da'],
    ['another form', '{"Error": "x"}'],
    ['nothing', ''],
  ])('reports %s instead of JSON', async (_what, body) => {
    const ctrl = await openCtrl();
    control.answer = () => ({ status: 200, body });
    await expect(ctrl.timeline(never)).rejects.toMatchObject({ code: 'BAD_REPLY' });
  });

  it.each(['[]', '"text"', 'null', '{}', '{"a": 1}', '{"#spec": '])('takes %s for no state', async (body) => {
    const ctrl = await openCtrl();
    control.answer = () => ({ status: 200, body });
    await expect(ctrl.state('current', never)).rejects.toMatchObject({ code: 'BAD_REPLY' });
  });

  it('does not wait long for a silent Pantavisor, and goes on when it is back', async () => {
    const ctrl = await openCtrl();
    control.answer = () => 'silence';
    const before = performance.now();
    await expect(ctrl.ping(never)).rejects.toMatchObject({ code: 'NOT_ANSWERING' });
    expect(performance.now() - before).toBeLessThan(6000);
    control.answer = undefined;
    await ctrl.ping(never);
  });

  it('tells a device that restarts from one that is none', async () => {
    const ctrl = await openCtrl();
    await control.close();
    rmSync(control.path, { force: true });
    await expect(ctrl.ping(never)).rejects.toMatchObject({ code: 'NOT_ANSWERING' });
    await expect(openCtrl(true)).rejects.toMatchObject({ code: 'NOT_ANSWERING' });
    await expect(openCtrl(false)).rejects.toMatchObject({
      code: 'NOT_A_DEVICE',
      data: { what: expect.stringContaining('no control socket') },
    });
  });
});

describe('on a device without curl', () => {
  const bin = () => join(dir, 'bin');
  let closing: SshConnection | undefined;
  afterEach(() => closing?.close());

  /** A shell in which there is no curl; `pvcontrol` is what its body says. */
  async function withoutCurl(pvcontrol: string | undefined): Promise<SshConnection> {
    mkdirSync(bin(), { recursive: true });
    if (pvcontrol !== undefined) {
      writeFileSync(join(bin(), 'pvcontrol'), `#!/bin/sh\n${pvcontrol}\n`);
      chmodSync(join(bin(), 'pvcontrol'), 0o755);
    }
    const connection = await connect();
    closing = connection;
    const run = connection.exec.bind(connection);
    vi.spyOn(connection, 'exec').mockImplementation((call) =>
      run({ ...call, command: `curl() { return 127; }; PATH=${bin()}:$PATH; ${call.command}` }),
    );
    return connection;
  }

  it('uses pvcontrol, one at a time', async () => {
    const log = () => readFileSync(join(dir, 'log'), 'utf8').trim().split('\n');
    const connection = await withoutCurl(`
echo "$@" >>${dir}/log
[ "$1" = -m ] && { printf %s "$2" >${dir}/message; shift 2; }
case "$1 $2" in
  'groups ls'|'steps ls') echo '[]' ;;
  'steps get') [ -f ${dir}/state ] && { cat ${dir}/state; echo; exit 0; }; echo '{"Error":"Resource does not exist"}' >&2; exit 255 ;;
  'steps put') cat "$3" >${dir}/state; echo ;;
  'objects put') cat >${dir}/object; echo ;;
  'cmd run') echo 'INFO: Experimental pvcurl backend. Some features might not work...' >&2; echo '{"Error":"Cannot do this operation while update is ongoing"}' >&2; exit 255 ;;
  'cmd reboot') echo 'ERROR: got no response' >&2; exit 1 ;;
esac`);
    const ctrl = await openCtrl(false, connection);
    expect(ctrl.program).toBe('pvcontrol');
    expect(ctrl.parallelUploads).toBe(1);
    const state = '{"#spec": "x@1"}';
    await ctrl.post({ name: revision('locals/a'), message: '@it\'s "here"', state }, never);
    expect(readFileSync(join(dir, 'state'), 'utf8')).toBe(state);
    expect(readFileSync(join(dir, 'message'), 'utf8')).toBe(' @it\'s "here"');
    expect(await ctrl.state('current', never)).toBe(state);
    const upload = uploadOf(Buffer.alloc(100_000, 3));
    expect(await ctrl.uploadObject(upload, never)).toBe('sent');
    expect(readFileSync(join(dir, 'object')).length).toBe(100_000);
    await expect(ctrl.run(revision('locals/a'), never)).rejects.toMatchObject({ code: 'DEVICE_BUSY' });
    await expect(ctrl.reboot(never)).rejects.toMatchObject({ code: 'NOT_ANSWERING' });
    expect(log()).toContain(`objects put -100000 ${upload.sha}`);
  });

  it('says so when there is neither', async () => {
    const connection = await withoutCurl('exit 127');
    await expect(openCtrl(false, connection)).rejects.toMatchObject({
      code: 'NOT_A_DEVICE',
      data: { what: expect.stringContaining('neither curl nor pvcontrol') },
    });
  });
});
