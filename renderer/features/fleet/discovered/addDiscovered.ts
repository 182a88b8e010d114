import { defaultHttpPort, defaultSshUser, type LanConnection } from '../../../../shared/contract/connection.ts';
import type { KnownProblem } from '../../../../shared/contract/errors.ts';
import type { DiscoveredDevice, ProbeResult } from '../../../../shared/contract/fleet.ts';

/** Where a device that was found nearby is tried: at its IPv4 address, which needs nothing that resolves `.local` names. */
export function connectionTo({ host, addresses, sshPort }: DiscoveredDevice): LanConnection {
  return {
    host: addressOf({ host, addresses }),
    http: { port: defaultHttpPort },
    ssh: { port: sshPort, user: defaultSshUser, auth: { kind: 'own-key' } },
  };
}

/** The address that is shown and tried. */
export function addressOf({ host, addresses }: Pick<DiscoveredDevice, 'host' | 'addresses'>): string {
  return addresses.find((address) => /^\d+(?:\.\d+){3}$/.test(address)) ?? host;
}

/** What still stands between SSH and a device that is there: it is added, and its own screen asks. */
const answered: readonly KnownProblem['code'][] = ['HOST_KEY_UNKNOWN', 'HOST_KEY_CHANGED', 'LOGIN_REFUSED', 'PASSPHRASE_NEEDED'];

/** The connection to store after a try: SSH, and the pvr endpoint where one answered. Or why it is no device that can be reached. */
export function afterProbe(
  tried: LanConnection,
  { http, ssh }: ProbeResult,
):
  | { readonly connection: LanConnection; readonly problem?: never }
  | { readonly problem: KnownProblem; readonly connection?: never } {
  const overHttp = http.kind === 'device';
  if (!overHttp && ssh.kind === 'problem' && !answered.includes(ssh.problem.code)) return { problem: ssh.problem };
  return { connection: { ...tried, http: overHttp ? tried.http : null } };
}
