// A simulated device in a process of its own, so that its memory is not counted with Trailboss's. Prints its port, runs until killed.
import { startSimulatedDevice } from '../../electron/simulator/index.ts';

const [dir] = process.argv.slice(2);
if (dir === undefined) throw new Error('the folder of the device is missing');
const device = await startSimulatedDevice({ dir, sshPort: false });
console.log(`port ${device.httpPort}`);
