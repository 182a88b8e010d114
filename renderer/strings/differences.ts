import type { ChangeKind } from '../../shared/compare/compare.ts';

const devices = (count: number) => `${count} ${count === 1 ? 'device' : 'devices'}`;
const entries = (count: number) => `${count} ${count === 1 ? 'entry' : 'entries'}`;

/** To move a device to the reference, an entry that it lacks is added. */
const kinds: { readonly [Kind in ChangeKind]: string } = {
  added: 'missing there',
  removed: 'only there',
  changed: 'differs',
  'formatting-only': 'layout only',
};

/** What the screen says on which the whole fleet is held against one state. */
export const strings = {
  kinds,
  devices,
  entries,
  whichDiffer: 'Which devices differ from this one?',
  title: 'The fleet against one state',
  reference: 'Reference',
  intro: 'How what each device runs differs from the reference, and what moving it there would do.',
  groups: 'Groups of devices that differ in the same way',
  filter: 'Filter groups and devices',
  filterPlaceholder: 'Filter by device, revision, part or entry',
  outcomes: 'Show only these forecasts',
  same: 'same as the reference',
  sameText: 'These run the reference, or a state that says the same.',
  unreadable: 'could not be read',
  unreadableTitle: 'Could not be read',
  unreadableText: 'What these devices run is not known: it was never read, and they can’t be asked now.',
  whyNot: 'Why can’t I reach it?',
  chooseUnreadable: 'Choose a device on the left to find out why.',
  collapseAll: 'Collapse all groups',
  expandAll: 'Expand all groups',
  progress: (read: number, of: number) => `${read} of ${devices(of)} read`,
  reading: (left: number) => `reading ${left} more…`,
  waiting: 'Reading what the fleet runs…',
  none: 'There is no device to compare with.',
  noMatch: 'No group and no device matches the filter.',
  showAll: 'Show all',
  listWidth: 'Width of the list of groups',
  nothingSelected: 'Choose a group on the left to see how its devices differ.',
  differIn: (count: number, differing: number) =>
    `${devices(count)} ${count === 1 ? 'differs' : 'differ'} in ${entries(differing)}`,
  move: (count: number) => (count === 1 ? 'Moving it to the reference:' : 'Moving one of them to the reference:'),
  noForecast: 'There is no forecast: one of the states can’t be read.',
  changes: 'What differs',
  copyNames: (count: number) => (count === 1 ? 'Copy the name' : 'Copy the names'),
  copied: (count: number) => `Copied ${count} ${count === 1 ? 'name' : 'names'}.`,
  toFleet: (count: number) => (count === 1 ? 'Mark it in the fleet' : 'Mark them in the fleet'),
  compare: (device: string) => `Compare ${device} with it`,
  open: (device: string) => `Open ${device}`,
  moreParts: (count: number) => `+${count}`,
  stateOf: 'state',
} as const;
