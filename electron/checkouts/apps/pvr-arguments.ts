import type { PvrCommand } from '../../../shared/contract/checkout.ts';
import { badInput } from '../problems.ts';

/**
 * What a command is to the `pvr` program: its arguments, without the program's name (pvr cmdapp*.go, cmddm*.go). Options come first,
 * because pvr stops to read them at the first name. Throws BAD_INPUT for a value that pvr would take for an option, or for a folder that is
 * not one of the checkout's own.
 */
export function pvrArguments(command: PvrCommand): readonly string[] {
  switch (command.kind) {
    case 'app-add':
      return [
        'app',
        'add',
        `--from=${value(command.from)}`,
        ...option('--type', command.type),
        ...option('--platform', command.platform),
        ...option('--group', command.group),
        ...option('--restart-policy', command.restartPolicy),
        ...option('--status-goal', command.statusGoal),
        ...(command.volumes ?? []).flatMap((volume) => option('--volume', volume)),
        folder(command.name),
      ];
    case 'app-update':
      return ['app', 'update', ...option('--from', command.from), folder(command.name)];
    case 'app-install':
      return ['app', 'install', folder(command.name)];
    case 'dm-convert':
      return ['dm-convert', folder(command.container), path(command.volume)];
    case 'dm-apply':
      return ['dm-apply', ...(command.prefix === undefined || command.prefix === '' ? [] : [path(command.prefix)])];
  }
}

/** The command as a person would type it, for progress and messages. */
export function pvrCommandLine(args: readonly string[]): string {
  return ['pvr', ...args].map((arg) => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`)).join(' ');
}

function option(name: string, text: string | undefined): readonly string[] {
  return text === undefined || text === '' ? [] : [`${name}=${value(text)}`];
}

function value(text: string): string {
  if (text.startsWith('-'))
    throw badInput(`"${text}" begins with a dash: pvr would take it for an option.`, 'Give the value itself.');
  if (/[\u0000-\u001f\u007f]/.test(text))
    throw badInput('A value holds a line break or another control character.', 'Leave it out.');
  return text;
}

function path(text: string): string {
  const segments = value(text).split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
    throw badInput(`"${text}" is no name inside the checkout.`, 'Give a name without "..", empty parts, or a slash at its ends.');
  }
  return text;
}

function folder(name: string): string {
  if (path(name).includes('/') || name.startsWith('.pv')) {
    throw badInput(`"${name}" can't be the folder of a container.`, 'Give a name without slashes that does not begin with .pv.');
  }
  return name;
}
