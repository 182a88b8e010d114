import { spawn } from 'node:child_process';

export interface Desktop {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The command that opens an address in the person's browser, or undefined where there is no display. */
export function openCommand({ platform, env }: Desktop, address: string): readonly [string, ...string[]] | undefined {
  if (platform === 'darwin') return ['open', address];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', address];
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ['xdg-open', address] : undefined;
}

/** Opens an address in the person's browser; where that can't be done nothing happens, for the address is printed anyway. */
export function openPage(desktop: Desktop, address: string): void {
  const command = openCommand(desktop, address);
  if (command === undefined) return;
  const [program, ...args] = command;
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
