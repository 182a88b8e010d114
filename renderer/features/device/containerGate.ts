import { strings } from '../../strings/device.ts';
import type { ContainerRow } from './containerRows.ts';
import type { ContainerVerb } from './useContainerAction.ts';

/**
 * Why this order would be refused or change nothing; undefined when it makes sense. A container with policy `system` refuses all three
 * (403); a start of a started one and a stop of a stopped one are taken and do nothing, a restart of a stopped one starts it (seen on a
 * device: recordings 11c, 11d). A status that is not known is left to the device.
 */
export function whyNotVerb({ report, policy }: ContainerRow, verb: ContainerVerb): string | undefined {
  if (policy === 'system') return strings.systemReason;
  const status = report.status.toUpperCase();
  if (verb === 'start' && (status === 'STARTED' || status === 'READY')) return strings.runsAlready;
  if (verb === 'stop' && status === 'STOPPED') return strings.notRunning;
  return undefined;
}
