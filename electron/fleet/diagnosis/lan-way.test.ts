import { createServer as createWebServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { LanConnection } from '../../../shared/contract/connection.ts';
import type { DiagnosisStep } from '../../../shared/contract/diagnosis.ts';
import type { HostKey } from '../../net/host-key.ts';
import { makeKeyPair } from '../../net/keys.ts';
import { type RealSshd, startRealSshd } from '../../net/real-sshd.ts';
import { startTestDevice } from '../../simulator/test-device.ts';
import { testKey } from '../../simulator/test-login.ts';
import { lanProbes } from '../../sources/pantavisor/index.ts';
import type { LoginKey } from '../../sources/source.ts';
import { runProbes } from './run.ts';

const never = new AbortController().signal;
const hour = 3_600_000;
const servers: Server[] = [];
let sshd: RealSshd;

beforeAll(async () => {
  sshd = await startRealSshd();
  sshd.authorize(testKey.publicLine);
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});
afterAll(() => sshd.close());

interface Asked {
  readonly http?: number;
  readonly ssh?: number;
  readonly user?: string;
  readonly pinned?: HostKey | undefined;
  readonly pem?: string;
  readonly now?: () => number;
}

async function diagnose({ http, ssh, user = sshd.user, pinned, pem = testKey.privateKey, now = Date.now }: Asked) {
  const connection: LanConnection = {
    host: '127.0.0.1',
    http: http === undefined ? null : { port: http },
    ssh: ssh === undefined ? null : { port: ssh, user, auth: { kind: 'own-key' } },
  };
  const key: LoginKey = { kind: 'private-key', pem, passphrase: undefined };
  const ways = lanProbes(connection, { trust: { pinned: () => pinned }, keys: { keyFor: async () => key }, now });
  let steps: readonly DiagnosisStep[] = [];
  for await (const seen of runProbes(ways, never)) steps = seen;
  return {
    states: steps.map(({ question, state }) => `${question} ${state}`),
    step: (question: string) => steps.find((step) => step.question === question),
    problem: (question: string) => steps.find((step) => step.question === question)?.problem,
  };
}

async function listen(onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.resume();
    onConnection(socket);
  });
  return opened(server);
}

async function opened(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

describe('a simulated device', () => {
  it('is found well, question by question', async () => {
    const device = await startTestDevice();
    const { states, step } = await diagnose({
      http: device.httpPort ?? 0,
      ssh: device.sshPort ?? 0,
      user: '/',
      pinned: device.hostKey,
    });
    expect(states).toEqual([
      ...['name ok', 'port ok', 'protocol ok', 'host-key ok', 'login ok', 'pv-ctrl ok', 'clock ok'],
      ...['name ok', 'port ok', 'protocol ok'],
    ]);
    expect([step('protocol')?.found, step('host-key')?.found, step('clock')?.found]).toEqual([
      'dropbear_2022.83',
      expect.stringContaining(device.hostKeyFingerprint),
      'in step with this computer',
    ]);
  });

  it('that accepts and says nothing fails at its protocol', async () => {
    const device = await startTestDevice({ faults: ['not-answering'] });
    const { states, problem } = await diagnose({ ssh: device.sshPort ?? 0, user: '/', pinned: device.hostKey });
    expect(states).toEqual([
      ...['name ok', 'port ok', 'protocol failed'],
      ...['host-key skipped', 'login skipped', 'pv-ctrl skipped', 'clock skipped'],
    ]);
    expect(problem('protocol')).toMatchObject({ code: 'NOT_ANSWERING', what: expect.stringContaining('nothing was said') });
  });
});

describe('an SSH server', () => {
  it('that is not Pantavisor’s is doubtful, and a login without its control socket no device', async () => {
    const { states, step, problem } = await diagnose({ ssh: sshd.port, pinned: sshd.hostKey() });
    expect(states).toEqual([
      ...['name ok', 'port ok', 'protocol doubtful', 'host-key ok', 'login ok', 'pv-ctrl failed', 'clock ok'],
    ]);
    expect(step('protocol')?.found).toMatch(/^OpenSSH/);
    expect(problem('pv-ctrl')).toMatchObject({ code: 'NOT_A_DEVICE' });
  });

  it('shows a key that nobody accepted, or another one than before', async () => {
    const unknown = await diagnose({ ssh: sshd.port });
    expect(unknown.states).toContain('login skipped');
    expect(unknown.problem('host-key')).toMatchObject({ code: 'HOST_KEY_UNKNOWN', hostKey: sshd.hostKey() });
    const pinned = { ...sshd.hostKey(), fingerprint: `SHA256:${'A'.repeat(43)}` };
    const changed = await diagnose({ ssh: sshd.port, pinned });
    expect(changed.problem('host-key')).toMatchObject({
      code: 'HOST_KEY_CHANGED',
      hostKey: { ...sshd.hostKey(), pinned: pinned.fingerprint },
    });
    expect(changed.step('host-key')?.found).toContain(sshd.hostKey().fingerprint);
  });

  it('refuses a key: with which user, which key, and what to do', async () => {
    const stranger = makeKeyPair('stranger');
    const { problem } = await diagnose({ ssh: sshd.port, pinned: sshd.hostKey(), pem: stranger.privateKey });
    expect(problem('login')).toMatchObject({
      code: 'LOGIN_REFUSED',
      what: expect.stringContaining(stranger.fingerprint),
      next: expect.stringContaining('pvr-sdk.authorized_keys'),
    });
    expect(JSON.stringify(problem('login'))).not.toContain('PRIVATE KEY');
  });

  it('with a clock that is an hour off is doubtful', async () => {
    const { step } = await diagnose({ ssh: sshd.port, pinned: sshd.hostKey(), now: () => Date.now() + hour });
    expect(step('clock')).toMatchObject({
      state: 'doubtful',
      found: expect.stringMatching(/^(59|60) min behind this computer$/),
      problem: { code: 'CLOCK_WRONG' },
    });
  });
});

describe('another service on the port', () => {
  it('is named: a web server, a mail server', async () => {
    const web = await opened(createWebServer((_request, response) => response.end('hello')));
    const mail = await listen((socket) => socket.write('220 mail.example ESMTP\r\n'));
    const onWeb = await diagnose({ ssh: web });
    expect(onWeb.problem('protocol')).toMatchObject({ code: 'NOT_A_DEVICE', what: expect.stringContaining('web server') });
    expect((await diagnose({ ssh: mail })).problem('protocol')).toMatchObject({ code: 'NOT_A_DEVICE', raw: /220 mail/ });
  });

  it('is named where a pvr endpoint should be', async () => {
    const nginx = await opened(
      createWebServer((_request, response) => {
        response.writeHead(404, { server: 'nginx/1.27.0', 'content-type': 'text/html' });
        response.end('<html>404</html>');
      }),
    );
    const other = await diagnose({ http: nginx });
    expect(other.step('protocol')).toMatchObject({ state: 'failed', found: 'nginx/1.27.0', problem: { code: 'NOT_A_DEVICE' } });
    const ssh = await diagnose({ http: sshd.port });
    expect(ssh.step('protocol')).toMatchObject({ state: 'failed', found: expect.stringMatching(/^SSH-2\.0-/) });
  });
});
