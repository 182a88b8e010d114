import { join } from 'node:path';

/** Where pvr keeps what in a checkout (repolib.go), and where Trailboss puts its own beside it. */
export interface FolderPaths {
  readonly root: string;
  readonly pvr: string;
  readonly json: string;
  readonly config: string;
  readonly newFiles: string;
  readonly commitMessage: string;
  /** Trailboss' own folder: nothing of pvr looks into it. */
  readonly own: string;
  /** For files on their way into the tree, so that a crash leaves nothing in it. */
  readonly work: string;
  /** What a checkout that goes on is about to do. */
  readonly journal: string;
  readonly lock: string;
}

export function folderPaths(root: string): FolderPaths {
  const pvr = join(root, '.pvr');
  const own = join(pvr, 'trailboss');
  return {
    root,
    pvr,
    json: join(pvr, 'json'),
    config: join(pvr, 'config'),
    newFiles: join(pvr, 'new'),
    commitMessage: join(pvr, 'commitmsg'),
    own,
    work: join(own, 'work'),
    journal: join(own, 'checkout.json'),
    lock: join(pvr, 'trailboss.lock'),
  };
}

/** The place of a tracked file; the key was found safe before. */
export function fileOf(root: string, key: string): string {
  return join(root, ...key.split('/'));
}
