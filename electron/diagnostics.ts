import { homedir } from 'node:os';
import type { AccountStatus } from '../shared/contract/hub.ts';
import type { StorageUse, SystemStatus } from '../shared/contract/settings.ts';

/**
 * What a report of a problem should have with it: versions and counts. Names of devices, addresses, accounts and keys are not in it,
 * and neither is the user's name.
 */
export function diagnosticsText(
  status: SystemStatus,
  storage: StorageUse,
  accounts: readonly { readonly status: { readonly kind: AccountStatus['kind'] } }[],
): string {
  const kinds = accounts.map((account) => account.status.kind);
  const home = homedir();
  const profile = status.profileDir.startsWith(home) ? `~${status.profileDir.slice(home.length)}` : status.profileDir;
  const lines: readonly (readonly [string, string | number])[] = [
    ['Trailboss', status.version],
    ['Runs in', process.versions.electron === undefined ? 'a browser' : `Electron ${process.versions.electron}`],
    ['Node', process.version],
    ['System', `${process.platform} ${process.arch}`],
    ['Profile', profile],
    ['Devices', `${status.devices.open} of ${status.devices.total} reached`],
    ['Hub accounts', kinds.length === 0 ? 'none' : kinds.join(', ')],
    ['Polls per minute', status.pollsPerMinute],
    ['In the background', status.work.length],
    ['Notices', status.notices.map(({ id }) => id).join(', ') || 'none'],
    ['Database', `${storage.database} bytes, ${storage.states} states, ${storage.activity} activity entries`],
    ['Objects', `${storage.objects.count} (${storage.objects.bytes} bytes), unused ${storage.unused.count}`],
    ['Memory of the backend', `${Math.round(process.memoryUsage().rss / 1024 / 1024)} MiB`],
  ];
  return lines.map(([name, value]) => `${name}: ${value}`).join('\n');
}
