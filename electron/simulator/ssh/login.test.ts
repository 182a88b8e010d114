/** What a login finds: the command forms that were tried on a real device over SSH, and what those gave. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SimulatedDevice, startSimulatedDevice } from '../index.ts';
import { logIn, type Run, testKey } from '../test-login.ts';
import { objectsOfTwo, twoContainers } from '../test-states.ts';

const SOCKET = '/run/pantavisor/pv/pv-ctrl';
const CURL = `curl -sS --unix-socket ${SOCKET}`;
const MISSING = 'ef'.repeat(32);

let dir: string;
let device: SimulatedDevice;
let run: Run;
let close: () => void;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trailboss-login-'));
  device = await startSimulatedDevice({
    dir,
    timeScale: 0.02,
    authorizedKeys: [testKey.publicLine],
    seed: { revisions: [{ name: '0', state: twoContainers() }], objects: objectsOfTwo },
  });
  ({ run, close } = await logIn(device));
});

afterAll(async () => {
  close();
  await device.close();
  await rm(dir, { recursive: true, force: true });
});

describe('a command over SSH', () => {
  it.each([
    ['echo hello; echo err >&2; exit 7', { code: 7, stdout: 'hello\n', stderr: 'err\n' }],
    ['true', { code: 0, stdout: '', stderr: '' }],
    ['nosuch', { code: 127, stdout: '', stderr: 'sh: nosuch: not found\n' }],
    ['pvcontrol steps get locals/nope', { code: 255, stdout: '', stderr: '{"Error":"Resource does not exist"}\n' }],
    ['CURL_CMD=curl pvcontrol usrmeta save k "two words"', { code: 0, stdout: '\n', stderr: '' }],
    ['pvcontrol usrmeta ls', { code: 0, stdout: '{"k":"two words"}\n', stderr: '' }],
    [
      'pvcontrol containers stop os',
      { code: 255, stdout: '', stderr: `{"Error":"Container has restart_policy 'system' and cannot be controlled via API"}\n` },
    ],
    [
      `${CURL} -f http://localhost/steps/locals/nope`,
      { code: 22, stdout: '', stderr: 'curl: (22) The requested URL returned error: 404\n' },
    ],
    [
      `${CURL} -w '\\n%{http_code} %{content_type}' http://localhost/drivers`,
      { code: 0, stdout: '{}\n200 application/json', stderr: '' },
    ],
    [
      `${CURL} -w '%{stderr}%{http_code}' http://localhost/objects/${MISSING}`,
      { code: 0, stdout: '{"Error":"Request has bad object name"}', stderr: '400' },
    ],
    [
      'curl -sS --unix-socket /run/nonexistent http://localhost/groups',
      {
        code: 7,
        stdout: '',
        stderr: "curl: (7) Failed to connect to localhost port 80 after 0 ms: Couldn't connect to server\n",
      },
    ],
    [`${CURL} http://localhost/containers | head -c 12`, { code: 0, stdout: '[{"name":"os', stderr: '' }],
    [
      `sh -c '${CURL} -o /dev/null -w "%{http_code}" http://localhost/steps'`,
      { code: 0, stdout: expect.stringMatching(/200$/), stderr: '' },
    ],
    ['which curl pvcontrol sftp-server', { code: 1, stdout: '/usr/bin/curl\n/usr/bin/pvcontrol\n', stderr: '' }],
    [
      'cat /var/pantavisor/storage/objects/none',
      { code: 1, stdout: '', stderr: "cat: can't open '/var/pantavisor/storage/objects/none': No such file or directory\n" },
    ],
    ['ls /var/pantavisor/storage', { code: 0, stdout: 'logs\nobjects\ntrails\n', stderr: '' }],
    ['cat /etc/passwd', { code: 1, stdout: '', stderr: "cat: can't open '/etc/passwd': No such file or directory\n" }],
    [
      'cat /var/pantavisor/storage/objects/../../boot.json',
      { code: 1, stdout: '', stderr: expect.stringContaining('No such file') },
    ],
    ["echo 'unterminated", { code: 2, stdout: '', stderr: 'sh: syntax error: unterminated quoted string\n' }],
  ])('%s', async (command, expected) => {
    expect(await run(command)).toEqual(expected);
  });

  it('shows the head of a reply', async () => {
    const { stdout } = await run(`curl -s -i --unix-socket ${SOCKET} http://localhost/steps/locals/nope`);
    expect(stdout).toBe(
      'HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 35\r\n\r\n{"Error":"Resource does not exist"}',
    );
  });

  it('runs commands that are fed to a shell', async () => {
    const fed = await run(
      'sh',
      `${CURL} -w '%{http_code}\\n' http://localhost/drivers\nx=two\necho "$x words" $?\nexit 3\necho never\n`,
    );
    expect(fed).toEqual({ code: 3, stdout: '{}200\ntwo words 0\n', stderr: '' });
  });

  it('lands in a container by the user name, and nowhere by another', async () => {
    const inside = await logIn(device, 'web');
    const { stdout } = await inside.run('hostname; curl -sS --unix-socket /pantavisor/pv-ctrl http://localhost/drivers');
    inside.close();
    const nowhere = await logIn(device, 'nosuch');
    const lost = await nowhere.run('id');
    nowhere.close();
    expect([stdout, lost]).toEqual([
      'web\n{}',
      { code: 1, stdout: '', stderr: "nosuch doesn't exist\nno container found: nosuch\n" },
    ]);
  });

  it('shows the log of the running revision, and follows it', async () => {
    const log = '/var/pantavisor/storage/logs/current/pantavisor/pantavisor.log';
    await run(`${CURL} http://localhost/drivers`);
    const { stdout } = await run(`tail -n 1 ${log}`);
    expect(stdout).toMatch(/^\[pantavisor\] \d+ DEBUG\t -- \[ctrl\]: New HTTP request recived: \/drivers\n$/);
  });
});

describe('an upload over SSH', () => {
  const bytes = Buffer.alloc(200_000, 'object');
  const sha = createHash('sha256').update(bytes).digest('hex');
  const withLength = (name: string, length: number, more = ''): string =>
    `${CURL} ${more} -w '%{http_code}' -H Expect: -H Transfer-Encoding: -H 'Content-Length: ${length}' -T - http://localhost/objects/${name}`;

  it('with a length answers 200, again as well', async () => {
    expect(await run(withLength(sha, bytes.length), bytes)).toEqual({ code: 0, stdout: '200', stderr: '' });
    expect(await run(withLength(sha, bytes.length), bytes)).toEqual({ code: 0, stdout: '200', stderr: '' });
    expect((await run('pvcontrol objects ls')).stdout).toContain(`{"sha256":"${sha}","size":"200000"}`);
  });

  it('in chunks of an object that is there breaks the pipe', async () => {
    const again = await run(`${CURL} -w '%{http_code}' -T - http://localhost/objects/${sha}`, bytes);
    expect(again).toEqual({ code: 55, stdout: '200', stderr: 'curl: (55) Send failure: Broken pipe\n' });
  });

  it('of other bytes than the name says is refused', async () => {
    expect(await run(withLength(MISSING, bytes.length), bytes)).toEqual({
      code: 0,
      stdout: '{"Error":"Object has bad checksum"}422',
      stderr: '',
    });
    expect(await run(`pvcontrol objects put -${bytes.length} ${MISSING}`, bytes)).toEqual({
      code: 60,
      stdout: '',
      stderr: '{"Error":"Object has bad checksum"}\n',
    });
  });

  it('shorter than its length is never answered', async () => {
    const short = await run(withLength('ab'.repeat(32), bytes.length + 1, '-m 0.2'), bytes);
    expect(short).toMatchObject({ code: 28, stdout: '000' });
  });

  it('comes back as it was, through the endpoint and from the disk', async () => {
    const sum = `${sha}  -\n`;
    expect((await run(`${CURL} http://localhost/objects/${sha} | sha256sum`)).stdout).toBe(sum);
    expect((await run(`cat /var/pantavisor/storage/objects/${sha} | sha256sum`)).stdout).toBe(sum);
  });
});
