import type { Source } from '../source.ts';
import { PantavisorLink } from './link.ts';

export { lanProbes } from './probes.ts';

/** Devices on the local network: the pvr endpoint over HTTP, pv-ctrl over SSH. */
export const pantavisorSource: Source = {
  kind: 'lan',
  open: (connection, ports) => new PantavisorLink(connection, ports),
};
