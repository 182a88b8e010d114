import { posix, win32 } from 'node:path';

export interface ProfilePlatform {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The person's home folder. */
  readonly home: string;
}

/**
 * Where data lives unless `--profile` says otherwise: the platform's own place.
 * Relative values of XDG_DATA_HOME are ignored, as the XDG Base Directory Specification asks.
 */
export function defaultProfileDir({ platform, env, home }: ProfilePlatform): string {
  if (platform === 'win32') {
    const roaming = env.APPDATA;
    return win32.join(roaming !== undefined && roaming !== '' ? roaming : win32.join(home, 'AppData', 'Roaming'), 'Trailboss');
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Trailboss');
  const dataHome = env.XDG_DATA_HOME;
  const base = dataHome !== undefined && posix.isAbsolute(dataHome) ? dataHome : posix.join(home, '.local', 'share');
  return posix.join(base, 'trailboss');
}
