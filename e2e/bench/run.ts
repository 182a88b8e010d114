// `npm run bench`: figures to hold against each other, as ratios and growth over two sizes. `npm run bench -- shared` runs one part;
// two numbers are the sizes of the fleet, as in `npm run bench -- fleet 100 1000`.

import { measureCheckouts } from './checkout.ts';
import { measureFleet } from './fleet.ts';
import { measureHubFleet } from './hub-fleet.ts';
import { measureHubRequests } from './hub-requests.ts';
import { measureHubUploads } from './hub-upload.ts';
import { measureLogs } from './logs.ts';
import { machineNow } from './machine.ts';
import { measurePolling } from './polling.ts';
import { measureShared } from './shared.ts';
import { measureSoak } from './soak.ts';
import { measureStart } from './start.ts';
import { type Figure, printFigures } from './table.ts';
import { measureUploads } from './upload.ts';

type Sizes = readonly [number, number];

const parts: Readonly<
  Record<string, { title: string; measure: (sizes: Sizes) => Promise<readonly Figure[]> | readonly Figure[] }>
> = {
  shared: { title: 'Forecast, preflight and comparison (median of 15)', measure: measureShared },
  checkout: { title: 'A checkout on this disk (median of 5)', measure: measureCheckouts },
  upload: { title: 'Upload to a device on loopback', measure: measureUploads },
  'hub-upload': { title: 'Upload to a hub on loopback', measure: measureHubUploads },
  'hub-fleet': { title: 'Devices of a hub', measure: measureHubFleet },
  'hub-requests': { title: 'What a hub with 1,000 devices is asked', measure: measureHubRequests },
  soak: { title: 'Memory over four hours of updates', measure: measureSoak },
  fleet: { title: 'A large fleet, one device in ten near by', measure: measureFleet },
  polling: { title: 'How often a large fleet is asked, and what that costs', measure: measurePolling },
  logs: { title: 'A live log over SSH, 500 and 5,000 lines a second', measure: measureLogs },
  start: { title: 'From start to first screen (median of 5)', measure: measureStart },
};

const wanted = process.argv.slice(2).filter((word) => word in parts);
const [small = 1000, large = 10_000] = process.argv.slice(2).map(Number).filter(Number.isInteger);
for (const [name, { title, measure }] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const before = machineNow();
  printFigures(title, await measure([small, large]));
  console.log(`  before: ${before}\n  after:  ${machineNow()}`);
}
