import type { Capabilities, WayName } from '../../../shared/contract/connection.ts';
import type { DeviceDetail } from '../../../shared/contract/device.ts';
import { strings } from '../../strings/device.ts';

export type Need = keyof Capabilities;

/** The ways that give each capability. */
const waysTo: { readonly [N in Need]: readonly WayName[] } = {
  readState: ['http', 'ssh', 'hub'],
  readTimeline: ['ssh', 'hub'],
  readContainers: ['ssh'],
  readMetadata: ['ssh', 'hub'],
  uploadObjects: ['http', 'ssh', 'hub'],
  postRevision: ['http', 'ssh', 'hub'],
  runRevision: ['ssh'],
  watchProgress: ['ssh', 'hub'],
  reboot: ['ssh'],
  writeUserMeta: ['ssh', 'hub'],
  readLogs: ['hub'],
  openTerminal: ['ssh'],
};

/** Why something can't be done over the ways that are open, as a sentence; undefined where it can. */
export function whyNot(
  { capabilities, summary }: Pick<DeviceDetail, 'capabilities' | 'summary'>,
  need: Need,
): string | undefined {
  if (capabilities[need]) return undefined;
  const names = waysTo[need];
  const silent = names.find((name) => summary.ways[name].kind === 'silent');
  if (silent !== undefined) return strings.needsSilent(strings[silent], silent === 'hub');
  if (names.includes('hub') && summary.hub !== undefined && summary.ways.hub.kind === 'blocked') return strings.needsSignIn;
  const local = names.filter((name) => name !== 'hub');
  if (summary.connection === null && local.length > 0) return strings.needsLocal(strings.ssh);
  return strings.needs(
    names.filter((name) => name !== 'hub' || summary.hub !== undefined || local.length === 0).map((name) => strings[name]),
  );
}
