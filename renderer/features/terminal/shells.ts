import { create } from 'zustand';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import { client, problemOf } from '../../rpc.ts';
import { ShellSession } from './shell/shellSession.ts';
import { themeNow } from './shell/terminalTheme.ts';
import { useTerminalSettings } from './terminalSettings.ts';

interface DeviceShells {
  readonly list: readonly ShellSession[];
  readonly active: string | undefined;
}

interface Shells {
  readonly byDevice: ReadonlyMap<DeviceId, DeviceShells>;
}

/** The shells of this window, by device. They stay while the person is on other screens, and end with the window. */
export const useShells = create<Shells>()(() => ({ byDevice: new Map() }));

const none: DeviceShells = { list: [], active: undefined };

export function shellsOf({ byDevice }: Shells, device: DeviceId): DeviceShells {
  return byDevice.get(device) ?? none;
}

function change(device: DeviceId, edit: (shells: DeviceShells) => DeviceShells): void {
  const byDevice = new Map(useShells.getState().byDevice);
  const next = edit(byDevice.get(device) ?? none);
  if (next.list.length === 0) byDevice.delete(device);
  else byDevice.set(device, next);
  useShells.setState({ byDevice });
}

/** A new shell, which is the one that is shown from now on. It is opened when its pane is there and has a size. */
export function newShell(device: DeviceId, container: string | undefined): ShellSession {
  const session = new ShellSession(device, container);
  change(device, ({ list }) => ({ list: [...list, session], active: session.id }));
  session.store.subscribe((state, before) => {
    const isGone = state.kind === 'ended' && before.kind !== 'ended' && state.end?.problem?.code === 'CANCELLED';
    if (isGone) void dropIfRemoved(device);
  });
  return session;
}

export function showShell(session: ShellSession): void {
  session.heardBell();
  change(session.device, (shells) => ({ ...shells, active: session.id }));
}

/** The one beside the active one, round about. */
export function stepShell(device: DeviceId, by: 1 | -1): void {
  const { list, active } = shellsOf(useShells.getState(), device);
  const at = list.findIndex((session) => session.id === active);
  const next = list[(at + by + list.length) % list.length];
  if (next !== undefined) showShell(next);
}

/** Ends a shell and takes its tab away; the one after it is shown, else the one before. */
export function closeShell(session: ShellSession): void {
  change(session.device, ({ list, active }) => {
    const at = list.indexOf(session);
    const rest = list.filter((one) => one !== session);
    return { list: rest, active: active === session.id ? (rest[at] ?? rest[at - 1])?.id : active };
  });
  session.dispose();
}

/** The backend took the shells away: because the device is not in the fleet any more, or because the way to it is another one now. */
async function dropIfRemoved(device: DeviceId): Promise<void> {
  const error: unknown = await client.device.refresh({ id: device }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error === undefined || problemOf(error).code !== 'NOT_FOUND') return;
  for (const session of shellsOf(useShells.getState(), device).list) closeShell(session);
}

function all(): readonly ShellSession[] {
  return [...useShells.getState().byDevice.values()].flatMap(({ list }) => list);
}

useTerminalSettings.subscribe(({ fontSize, screenReader }) => {
  for (const { terminal } of all()) {
    if (terminal.options.fontSize !== fontSize) terminal.options.fontSize = fontSize;
    if (terminal.options.screenReaderMode !== screenReader) terminal.options.screenReaderMode = screenReader;
  }
  for (const session of all()) session.fit();
});

new MutationObserver(() => {
  const { theme } = themeNow();
  for (const { terminal } of all()) terminal.options.theme = theme;
}).observe(document.documentElement, { attributes: true, attributeFilter: ['data-mantine-color-scheme'] });
