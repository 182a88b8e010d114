import type { CheckoutSummary, Damage, FileLetter } from '../../shared/contract/checkout.ts';
import type { CheckoutTab } from '../routes/paths.ts';

const some = (count: number, one: string, many = `${one}s`) => `${count.toLocaleString()} ${count === 1 ? one : many}`;

const conditions: { readonly [Condition in CheckoutSummary['condition']]: string } = {
  reading: 'reading',
  clean: 'clean',
  changed: 'changed',
  damaged: 'damaged',
  unreadable: 'unreadable',
  gone: 'gone',
};

const tabs: { readonly [Tab in CheckoutTab]: string } = {
  changes: 'Changes',
  files: 'Files',
  apps: 'Apps',
  signatures: 'Signatures',
  remote: 'Remote',
};

const letters: { readonly [Letter in FileLetter]: string } = {
  A: 'Added',
  D: 'Removed',
  C: 'Changed',
  '?': 'Not tracked',
};

const damages: { readonly [Kind in Damage['kind']]: string } = {
  'leftover-file': 'A file is left over',
  'unfinished-commit': 'A commit was not finished',
  'missing-object': 'An object is missing',
  'wrong-object': 'An object holds other bytes',
  'missing-config': 'pvr’s settings are missing',
  'bad-config': 'pvr’s settings can’t be read',
  'bad-new': 'What was added can’t be read',
  'bad-pristine': 'The commit can’t be read',
  'interrupted-checkout': 'Checking out was interrupted',
};

/** The list of checkouts, and what stands above each of them. */
export const strings = {
  conditions,
  tabs,
  letters,
  damages,
  title: 'Checkouts',
  table: 'pvr checkouts',
  changes: (count: number) => some(count, 'change'),
  columns: { name: 'Name', condition: 'Condition', path: 'Folder', opened: 'Opened', commit: 'Commit', remotes: 'Remotes' },
  open: 'Open…',
  clone: 'Clone…',
  new: 'New…',
  openLabel: 'Open a checkout',
  cloneLabel: 'Clone a checkout',
  newLabel: 'Make a new checkout',
  emptyLines: [
    'A checkout is a folder with a device’s whole state as files, as pvr makes it.',
    'Edit its files with any program: Trailboss shows what changed and what that will do to the device.',
    'The pvr command and Trailboss can take turns on it.',
  ],
  filter: 'Filter checkouts',
  noMatch: 'No checkout has that in its name or folder.',
  inspector: 'Selected checkout',
  closeInspector: 'Close the inspector',
  resize: 'Width of the inspector',
  openIt: 'Open',
  entries: (count: number) => some(count, 'entry', 'entries'),
  noCommit: 'none that can be read',
  notSet: 'not set',
  close: 'Close',
  closeTitle: 'Take it off the list; the folder stays as it is',
  closed: (name: string) => `${name} is closed. Its folder is as it was.`,
  goneSentence: 'There is no such checkout here. It may have been closed.',
  toList: 'To the checkouts',
} as const;

/** What stands above a checkout, whichever tab is shown. */
export const headerStrings = {
  copyPath: 'Copy the path',
  copyRef: (name: string) => `Copy the ${name} address`,
  commit: 'commit',
  noCommit: 'no commit that can be read',
  refs: { get: 'gets from', put: 'puts to', post: 'posts to' },
  tabList: 'Parts of this checkout',
  commitAct: 'Commit…',
  reset: 'Reset all changes',
  parts: 'Get or merge parts…',
  export: 'Export…',
  import: 'Import…',
  post: 'Post to a device…',
  compare: 'Compare with…',
  close: 'Close',
  more: 'More to do with this checkout',
  nothingToCommit: 'Nothing is changed, so there is nothing to commit.',
  nothingToReset: 'No tracked file is changed, so there is nothing to reset.',
  cantCommit: 'A tracked file can’t be read as JSON. Mend it first.',
  noState: 'This checkout has no commit that can be read.',
  busyReason: 'pvr is at work here. It can be done when that has ended.',
  resetWork: (name: string) => `Resetting ${name}`,
  resetDone: (count: number) => `${some(count, 'file')} reset`,
  restored: 'The files are as they were before',
  busyPvr: 'pvr is at work here',
  busyTrailboss: 'Another Trailboss is at work here',
  busyDetail: (pid: number, command: string) => `process ${pid}: ${command}`,
  busyMeanwhile: 'Nothing is written from here meanwhile.',
  damageTitle: (count: number) => (count === 1 ? 'Something here is half-written' : `${count} things here are half-written`),
  mend: 'Mend',
  mendAll: 'Mend all',
  mendWork: (name: string) => `Mending ${name}`,
  mended: 'Mended',
  cantMend: 'This can’t be mended from here.',
  moreDamage: (count: number) => `and ${count.toLocaleString()} more`,
  gone: 'The folder of this checkout is gone, or is no checkout any more.',
  goneNext: 'Put it back where it was and it is here again, or close it.',
  unreadable: 'This checkout can’t be read.',
} as const;
