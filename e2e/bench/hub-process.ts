// A simulated hub in a process of its own. Prints its address, and at each line on its standard input what it was asked since the last.
import { createInterface } from 'node:readline';
import { startSimulatedHub } from '../../electron/simulator/hub/index.ts';
import { seedHubDevices, startHubFleet } from '../../electron/simulator/index.ts';
import { person } from '../local-hub.ts';

const [count = '0', delay = '0', alive = 'no'] = process.argv.slice(2);
const hub = await startSimulatedHub({ accounts: [{ ...person, quotaBytes: 1e12 }] });
const credentials = seedHubDevices(hub, person.nick, Number(count));
if (alive === 'alive') startHubFleet({ hub, credentials, timeScale: 1, bytesPerSecond: 20_000 });
if (Number(delay) > 0) hub.faults.set('slow', Number(delay));
console.log(`hub ${hub.url}`);
createInterface({ input: process.stdin }).on('line', () => {
  console.log(`asked ${JSON.stringify(hub.counts.byRoute())}`);
  hub.counts.reset();
});
