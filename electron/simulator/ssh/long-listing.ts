/** `ls -l` with `-n`, `-i`, `-R`, `-d`, as busybox prints it; `ls -d` of several paths. */
import { readdirSync, statSync } from 'node:fs';
import type { Program, ProgramContext } from './program.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The flags of a call of `ls`, joined. */
export function lsFlags(args: readonly string[]): string {
  return args
    .filter((arg) => arg.startsWith('-'))
    .map((arg) => arg.slice(1))
    .join('');
}

/** For calls with the flag `l` or `d`; exit code 1 where something is not there. */
export const longListing: Program = async (context) => {
  const { args, files, stdout, stderr } = context;
  const flags = lsFlags(args);
  let code = 0;
  for (const path of args.filter((arg) => !arg.startsWith('-'))) {
    if (files.find(path) === undefined && files.link(path) === undefined) {
      await stderr(`ls: ${path}: No such file or directory\n`);
      code = 1;
    } else if (!flags.includes('l')) await stdout(`${path}\n`);
    else if (flags.includes('d')) await stdout(`${longLine(context, path, path, flags)}\n`);
    else await stdout(folderLines(context, path, flags).join('\n'));
  }
  return code;
};

function folderLines(context: ProgramContext, path: string, flags: string): readonly string[] {
  const real = context.files.find(path);
  if (real === undefined) return [];
  if (!statSync(real).isDirectory()) return [longLine(context, path, path, flags), ''];
  const below = path.endsWith('/') ? path : `${path}/`;
  const inside = readdirSync(real).sort();
  const link = context.files.link(`${below}current`) === undefined ? [] : ['current'];
  const names = [...inside, ...link].sort();
  const lines = names.map((name) => longLine(context, `${below}${name}`, name, flags));
  const own = [`total ${4 * names.length}`, ...lines, ''];
  if (!flags.includes('R')) return own;
  const folders = inside.filter((name) => statSync(`${real}/${name}`).isDirectory());
  return [`${path}:`, ...own, ...folders.flatMap((name) => folderLines(context, `${below}${name}`, flags))];
}

function longLine({ files }: ProgramContext, path: string, name: string, flags: string): string {
  const target = files.link(path);
  const real = files.find(path);
  const { size, mtime, ino } = real === undefined ? { size: 0, mtime: new Date(0), ino: 0 } : statSync(real);
  const isFolder = real !== undefined && statSync(real).isDirectory();
  const kind = target !== undefined ? 'lrwxrwxrwx' : isFolder ? 'drwxr-xr-x' : '-rw-r--r--';
  const when = `${MONTHS[mtime.getMonth()]} ${String(mtime.getDate()).padStart(2)} ${mtime.toTimeString().slice(0, 5)}`;
  const inode = flags.includes('i') ? `${String(ino).padStart(7)} ` : '';
  const bytes = String(target === undefined ? size : target.length).padStart(16);
  return `${inode}${kind}    1 0        0 ${bytes} ${when} ${name}${target === undefined ? '' : ` -> ${target}`}`;
}
