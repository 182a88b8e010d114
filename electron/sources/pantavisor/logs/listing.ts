/** A file in a listing: its path under the folder that was listed, with `/` between. */
export interface ListedFile {
  readonly path: string;
  readonly inode: string;
  /** Bytes. */
  readonly size: number;
}

/** So many files are taken from one listing; a device that has more has something wrong with it. */
const mostFiles = 2000;
/** Longer than any path that a device of ours makes. */
const longestPath = 1000;

/** `9986768 -rw-r--r-- 1 0 0 3 Nov 21 15:39 console.log`: the date is of three words in the C locale, of two in ISO style. */
const entry =
  /^\s*(\d+)\s+-\S+\s+\d+\s+\S+\s+\S+\s+(\d+)\s+(?:[A-Z][a-z]{2}\s+\d{1,2}\s+[\d:]{4,8}|\d{4}-\d\d-\d\d \d\d:\d\d(?::\S+)?(?: [+-]\d{4})?)\s(.+)$/;

/**
 * The files of `ls -lniR FOLDER/`, as busybox, GNU and toybox print it. `folder` is what was asked for. Links, folders and lines that can't be
 * read are passed over, and so are names beyond 1,000 characters and what is beyond 2,000 files.
 */
export function parseListing(text: string, folder: string): readonly ListedFile[] {
  const files: ListedFile[] = [];
  const root = withoutSlashes(folder);
  let inside = '';
  for (const line of text.split('\n')) {
    const head = /^(\/.*):$/.exec(line)?.[1];
    if (head !== undefined) {
      const place = withoutSlashes(head);
      if (place !== root && !place.startsWith(`${root}/`)) continue;
      inside = place === root ? '' : `${place.slice(root.length + 1)}/`;
      continue;
    }
    const [, inode, size, name] = entry.exec(line) ?? [];
    if (inode === undefined || size === undefined || name === undefined) continue;
    const file = { path: `${inside}${name.replace(/\r$/, '')}`, inode, size: Number(size) };
    if (file.path.length > longestPath || !Number.isSafeInteger(file.size)) continue;
    files.push(file);
    if (files.length >= mostFiles) break;
  }
  return files;
}

/** Where a link of `ls -ldn` leads; undefined where it is none, or is not there. */
export function linkTarget(line: string): string | undefined {
  return /^l.* -> (.+?)\s*$/m.exec(line)?.[1]?.replace(/\/+$/, '');
}

function withoutSlashes(path: string): string {
  return path.replaceAll(/\/{2,}/g, '/').replace(/\/$/, '');
}
