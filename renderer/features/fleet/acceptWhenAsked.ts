import type { DeviceId } from '../../../shared/contract/ids.ts';
import { client } from '../../rpc.ts';

/**
 * Accepts a host key that the person has compared already, as soon as the new device asks for it. Any other key, and a device
 * that does not ask before the signal, is left to ask on its own screen.
 */
export async function acceptWhenAsked(id: DeviceId, fingerprint: string, signal: AbortSignal): Promise<void> {
  for await (const { summary } of await client.device.watch({ id }, { signal })) {
    const { ssh } = summary.ways;
    if (ssh.kind === 'open') return;
    if (ssh.kind !== 'blocked') continue;
    if (ssh.problem.hostKey?.fingerprint === fingerprint) await client.device.trustHostKey({ id, fingerprint });
    return;
  }
}
