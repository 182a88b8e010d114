import { create } from 'zustand';
import type { DeviceId } from '../../shared/contract/ids.ts';

interface WantedShell {
  readonly device: DeviceId;
  /** Undefined: on the host system. */
  readonly container: string | undefined;
}

/** A shell that somebody asked for on another screen; the terminal opens it as soon as it is shown, and takes the wish away. */
export const useWantedShell = create<{ readonly wanted: WantedShell | undefined }>()(() => ({ wanted: undefined }));

/** To be followed by going to the device's terminal (`paths.device(id, 'terminal')`). */
export function wantShell(device: DeviceId, container: string | undefined): void {
  useWantedShell.setState({ wanted: { device, container } });
}

/** The shell that is wanted on this device, once. */
export function takeWantedShell(device: DeviceId): WantedShell | undefined {
  const { wanted } = useWantedShell.getState();
  if (wanted?.device !== device) return undefined;
  useWantedShell.setState({ wanted: undefined });
  return wanted;
}
