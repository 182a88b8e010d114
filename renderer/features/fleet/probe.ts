import type { HostKeyQuestion } from '../../../shared/contract/errors.ts';
import type { ProbeResult } from '../../../shared/contract/fleet.ts';

/** The host key that the tested address showed for the first time, if it is one to accept. A changed one is not. */
export function hostKeyToAccept(outcome: ProbeResult | undefined): HostKeyQuestion | undefined {
  if (outcome?.ssh.kind !== 'problem') return undefined;
  const { problem } = outcome.ssh;
  return problem.code === 'HOST_KEY_UNKNOWN' ? problem.hostKey : undefined;
}

/** Whether something on the other side is a device for all that is known: it answered, or asks for its key to be accepted. */
export function probeFoundDevice(outcome: ProbeResult): boolean {
  return outcome.http.kind === 'device' || outcome.ssh.kind === 'device' || hostKeyToAccept(outcome) !== undefined;
}
