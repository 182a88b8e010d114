import type { LanConnection, WayName } from '../../../shared/contract/connection.ts';
import type { WayProbes } from '../probe.ts';
import type { LinkPorts } from './link.ts';
import { endpointProbe } from './probe-http.ts';
import { nameProbe, portProbe } from './probe-network.ts';
import { sshProbes } from './probe-ssh.ts';

/** What can be asked about the ways over the local network that are set up, each with connections of its own. */
export function lanProbes(
  { host, http, ssh }: LanConnection,
  ports: LinkPorts,
): readonly (WayProbes & { readonly way: WayName })[] {
  const ways: (WayProbes & { readonly way: WayName })[] = [];
  if (ssh !== null) {
    const { probes, close } = sshProbes({ host, config: ssh, ...ports });
    const port = portProbe({ host, port: ssh.port }, 'SSH server');
    ways.push({ way: 'ssh', probes: [nameProbe(host), port, ...probes], close: async () => close() });
  }
  if (http !== null) {
    const address = { host, port: http.port };
    const { probe, close } = endpointProbe(address);
    ways.push({ way: 'http', probes: [nameProbe(host), portProbe(address, 'pvr endpoint'), probe], close });
  }
  return ways;
}
