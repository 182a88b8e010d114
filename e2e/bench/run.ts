// `npm run bench`: figures to hold against each other, as ratios and growth over two sizes. `npm run bench -- shared` runs one part.

import { measureHubFleet } from './hub-fleet.ts';
import { measureHubRequests } from './hub-requests.ts';
import { measureHubUploads } from './hub-upload.ts';
import { measureShared } from './shared.ts';
import { measureSoak } from './soak.ts';
import { measureStart } from './start.ts';
import { type Figure, printFigures } from './table.ts';
import { measureUploads } from './upload.ts';

const parts: Readonly<Record<string, { title: string; measure: () => Promise<readonly Figure[]> | readonly Figure[] }>> = {
  shared: { title: 'Forecast and comparison (median of 15)', measure: measureShared },
  upload: { title: 'Upload to a device on loopback', measure: measureUploads },
  'hub-upload': { title: 'Upload to a hub on loopback', measure: measureHubUploads },
  'hub-fleet': { title: 'Devices of a hub', measure: measureHubFleet },
  'hub-requests': { title: 'What a hub with 1,000 devices is asked', measure: measureHubRequests },
  soak: { title: 'Memory over four hours of updates', measure: measureSoak },
  start: { title: 'From start to first screen (median of 5)', measure: measureStart },
};

const wanted = process.argv.slice(2);
for (const [name, { title, measure }] of Object.entries(parts)) {
  if (wanted.length === 0 || wanted.includes(name)) printFigures(title, await measure());
}
