// Simulated devices in a process of their own, so that their memory is not counted with Trailboss's. The public key that may log in and
// the time scale are arguments; prints where each device is, runs until killed. A line on its input has all of them collect their garbage:
// revisions that do not run go, as on a device whose disk is kept in order.
import { mkdtemp } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startSimulatedDevice } from '../../electron/simulator/index.ts';
import { baseState } from '../../electron/test-bench.ts';

const [count = '1', timeScale = '0.02', ...key] = process.argv.slice(2);
const sha = (digit: string) => digit.repeat(64);
const dir = await mkdtemp(join(tmpdir(), 'trailboss-soak-'));
const devices = await Promise.all(
  Array.from({ length: Number(count) }, (_, index) =>
    startSimulatedDevice({
      dir: join(dir, String(index)),
      timeScale: Number(timeScale),
      controlSocket: join(dir, `${index}.sock`),
      authorizedKeys: [key.join(' ')],
      seed: {
        revisions: [{ name: 'locals/base', state: baseState, message: 'base', status: 'DONE' }],
        objects: ['a', 'b', 'c'].map((digit) => ({ sha256: sha(digit), content: digit })),
      },
    }),
  ),
);
console.log(`devices ${JSON.stringify(devices.map(({ httpPort, sshPort }) => ({ httpPort, sshPort })))}`);

for await (const _line of createInterface({ input: process.stdin })) {
  for (const { controlSocket } of devices) if (controlSocket !== undefined) await collectGarbage(controlSocket);
  console.log('collected');
}

function collectGarbage(socketPath: string): Promise<void> {
  return new Promise((resolve, reject) => {
    request({ socketPath, path: '/storage/gc', method: 'POST', headers: { 'content-length': 0 } }, (reply) => {
      reply.resume();
      reply.once('end', () => resolve());
    })
      .once('error', reject)
      .end();
  });
}
