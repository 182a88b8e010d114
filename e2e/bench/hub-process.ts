// A simulated hub in a process of its own. Prints its address, and at each line on its standard input what Trailboss asked since the last;
// a number on the line lets so many devices change at once first.
import { startSimulatedHub } from '../../electron/simulator/hub/index.ts';
import { seedHubDevices, startHubFleet } from '../../electron/simulator/index.ts';
import { person } from '../local-hub.ts';
import { onAsked } from './asked.ts';

const [count = '0', delay = '0', alive = 'no'] = process.argv.slice(2);
const hub = await startSimulatedHub({ accounts: [{ ...person, quotaBytes: 1e12 }] });
const credentials = seedHubDevices(hub, person.nick, Number(count));
const fleet = alive === 'alive' ? startHubFleet({ hub, credentials, timeScale: 1, bytesPerSecond: 20_000 }) : undefined;
if (Number(delay) > 0) hub.faults.set('slow', Number(delay));
console.log(`hub ${hub.url}`);
onAsked(async (line) => {
  if (line !== '') await fleet?.changeAll(Number(line));
  console.log(`asked ${JSON.stringify(hub.counts.byRoute('Trailboss'))}`);
  hub.counts.reset();
});
