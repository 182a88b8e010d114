// A device that prints many lines, in a process of its own. Prints where it is, and at each line on its standard input how many it printed.
import { createInterface } from 'node:readline';
import { startSimulatedDevice } from '../../electron/simulator/index.ts';
import { baseState } from '../../electron/test-bench.ts';

const [dir, publicKey, perSecond] = process.argv.slice(2);
if (dir === undefined || publicKey === undefined) throw new Error('the folder of the device and who may log in are missing');
const device = await startSimulatedDevice({
  dir,
  httpPort: false,
  authorizedKeys: [publicKey],
  logLines: Number(perSecond),
  seed: { revisions: [{ name: 'locals/base', state: baseState, message: 'base', status: 'DONE' }] },
});
console.log(`device ${JSON.stringify({ port: device.sshPort, fingerprint: device.hostKeyFingerprint })}`);
createInterface({ input: process.stdin }).on('line', () => console.log(`printed ${device.linesPrinted()}`));
