import type { FolderItem, StateOrigin } from '../../shared/contract/checkout.ts';

const kinds: { readonly [Kind in FolderItem['kind']]: string } = {
  folder: 'folder',
  checkout: 'checkout',
  export: 'export',
  file: 'file',
};

const origins: { readonly [Kind in StateOrigin['kind']]: string } = {
  device: 'Device',
  reference: 'Address',
  export: 'Export file',
  checkout: 'Checkout',
};

const some = (count: number, one: string, many = `${one}s`) => `${count.toLocaleString()} ${count === 1 ? one : many}`;

/** Choosing a folder or a file of this computer. */
export const pickerStrings = {
  kinds,
  path: 'Path',
  up: 'The folder above (Alt+Up)',
  items: 'What is in this folder',
  reading: 'Reading the folder…',
  empty: 'This folder is empty.',
  noMatch: 'Nothing here is called so.',
  truncated: 'Not all that is in this folder is shown. Type the beginning of a name to find it.',
  hint: 'Tab completes, the arrow keys choose, Enter opens.',
  cancel: 'Cancel',
  close: 'Close',
} as const;

/** The doors to this from a device. */
export const doorStrings = {
  clone: 'Clone into a checkout…',
  fastCopy: 'Copy parts to another device…',
} as const;

/** Work that goes on for a while. */
export const workStrings = {
  objects: (done: number, total: number) => `${done.toLocaleString()} of ${some(total, 'object')}`,
  ofAll: (done: string, total: string) => `${done} of ${total}`,
  cancel: 'Cancel',
  cancelled: 'Cancelled. What was there before is as it was.',
  goesOn: 'You can close this: it goes on, and the status bar shows it.',
  output: 'What pvr says',
  copyOutput: 'Copy what pvr said',
  noOutput: 'pvr has said nothing yet.',
  failedUnchanged: 'What it had written by then is in the folder; nothing was committed.',
  failedNext: 'What it said is below. Run it again when that is mended.',
  dropped: (lines: number) => `${some(lines, 'earlier line')} not shown`,
} as const;

export const openStrings = {
  title: 'Open a checkout',
  text: 'A folder that pvr made, or that you cloned from here: the one with .pvr in it.',
  open: 'Open',
  newHere: 'Make a checkout there',
} as const;

export const newStrings = {
  title: 'New checkout',
  text: 'An empty checkout, as “pvr init” makes it. A folder that is not there yet is made.',
  create: 'Make it',
} as const;

/** Where a state comes from, and which parts of it. */
export const originStrings = {
  origins,
  from: 'From',
  device: 'Device',
  devicePlaceholder: 'Choose a device',
  noDevice: 'No device has that in its name or address.',
  revision: 'Revision',
  revisionHint: 'A revision’s name, or “current” for what runs.',
  reference: 'Address',
  referencePlaceholder: '192.168.1.20, nick/device, https://… or a path',
  referenceHint:
    'What “pvr clone” takes: an IP address, nick/device of the hub, a URL, a checkout’s folder. A #part at its end counts.',
  checkout: 'Checkout',
  checkoutPlaceholder: 'Choose a checkout',
  noCheckout: 'No other checkout has that in its name or folder.',
  exportFile: 'Export file',
  choose: 'Choose…',
  chooseExport: 'Choose an export',
  take: 'Take this file',
  parts: 'Parts',
  partsPlaceholder: 'all',
  partsHint: 'Empty for all. “web,_config/web” takes these, “-web” takes all but that.',
  exactCli: 'Exactly as pvr does it',
  exactCliHint:
    'pvr goes by the beginning of the name: “web” also removes what is in “web2”. Without this, “web” is the part web alone.',
} as const;

export const cloneStrings = {
  title: 'Clone into a checkout',
  folder: 'Into the folder',
  folderHint: 'It must not be there yet, or be empty.',
  chooseFolder: 'Choose where to clone to',
  takeFolder: 'Clone into it',
  clone: 'Clone',
  work: (folder: string) => `Cloning into ${folder}`,
} as const;

export const exportStrings = {
  title: (name: string) => `Export ${name}`,
  text: 'A tarball with the commit and its objects, as “pvr export” writes it. It is compressed when its name ends in .gz or .tgz.',
  uncommitted: (count: number) =>
    `${some(count, 'change')} of the working tree ${count === 1 ? 'is' : 'are'} not committed and will not be in it.`,
  parts: 'Only these parts',
  partsPlaceholder: 'All parts',
  export: 'Export',
  work: (name: string) => `Exporting ${name}`,
  done: (path: string) => `Exported to ${path}`,
} as const;

export const importStrings = {
  title: (name: string) => `Import into ${name}`,
  text: 'The state of the export takes the place of the commit, as with “pvr import”, and is checked out. What that overwrites is kept and can be brought back.',
  import: 'Import',
  work: (path: string) => `Importing ${path}`,
} as const;

export const postStrings = {
  title: (name: string) => `Post ${name} to a device`,
  text: 'A draft of the device is made with this state in it. You see its forecast and what would make the device refuse it before anything is posted.',
  device: 'Device',
  placeholder: 'Choose a device',
  suggested: 'This checkout’s remote address is this device’s.',
  what: 'Which state',
  commit: 'The commit',
  working: 'The working tree, uncommitted changes too',
  goOn: 'Go on to the draft',
  work: (name: string, device: string) => `Making a draft of ${name} for ${device}`,
} as const;

export const fastCopyStrings = {
  title: 'Copy parts to another device',
  text: 'Parts of one device’s state go into a draft of another, with their objects. Nothing is posted before you say so.',
  from: 'From',
  to: 'To the device',
  toPlaceholder: 'Choose the other device',
  pairs: 'Parts',
  all: 'No part is named: all of them are copied.',
  partFrom: 'Part there',
  partTo: 'becomes',
  add: 'Add a part',
  remove: (part: string) => `Leave out ${part === '' ? 'this part' : part}`,
  merge: 'Keep what the other device has in these parts besides',
  mergeHint: 'Without this the parts are replaced: what is only there goes.',
  same: 'Both are the same device.',
  copy: 'Make the draft',
  work: (to: string) => `Copying parts to ${to}`,
} as const;
