import type { ContainerReport } from '../../../shared/contract/device.ts';
import { strings } from '../../strings/terminal.ts';

/** Where a shell can be opened. */
export interface ShellPlace {
  /** Undefined: the host system. */
  readonly container: string | undefined;
  readonly label: string;
  /** Why it can't be opened there now. */
  readonly reason: string | undefined;
}

/** Those that have processes; MOUNTED ones are file systems without any (pantavisor state machine of a platform). */
const running = new Set(['STARTED', 'READY', 'STARTING', 'STOPPING', 'RECOVERING']);

/** Whether a shell finds anything to run in. */
export function hasProcesses(status: string): boolean {
  return running.has(status);
}

/** The host, then the containers by name. One that does not run is there with its reason. */
export function shellPlaces(containers: readonly ContainerReport[]): readonly ShellPlace[] {
  const places = [...containers]
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(({ name, status }) => ({
      container: name,
      label: name,
      reason: hasProcesses(status) ? undefined : strings.notRunning(status),
    }));
  return [{ container: undefined, label: strings.host, reason: undefined }, ...places];
}
