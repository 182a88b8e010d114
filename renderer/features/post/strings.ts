import { localsPrefix, type NameFault, nameLimit } from './revisionName.ts';

const faults: { readonly [Fault in NameFault]: string } = {
  empty: 'A revision needs a name.',
  'too-long': `A name has fewer than ${nameLimit} characters.`,
  slash: `A name has no slash; ${localsPrefix} is put before it by itself.`,
  characters: 'Letters, digits, dots, dashes and underscores only, beginning with a letter or a digit.',
  taken: 'The device has a revision of that name, and would overwrite it silently. Choose another.',
};

/** What the post screen says. */
export const strings = {
  faults,
  title: 'Post to',
  message: 'Message',
  messageHint: 'What this revision is for. The device keeps it.',
  name: 'Name',
  nameHint: 'Always new: the device overwrites an existing one silently.',
  prefix: localsPrefix,
  post: 'Post',
  back: 'Back to the draft',
  planning: 'Asking the device what it needs…',
  again: 'Ask again',
  reasons: 'Why',
  noReasons: 'Nothing that is compared differs.',
  more: (count: number, allNone: boolean) => (allNone ? `and ${count} more with no effect` : `and ${count} more`),
  fails: 'If it fails',
  backTo: (to: string) => `The device goes back to ${to}, its last checkpoint.`,
  lost: (names: readonly string[]) =>
    names.length === 1
      ? `${names[0]} would be lost: it runs, but is no checkpoint.`
      : `${names.length} revisions would be lost, because they are no checkpoints: ${names.join(', ')}.`,
  lostHint: 'A reboot of the device now would make the running one a checkpoint.',
  noCheckpoint: 'No checkpoint is known: the device may not be able to go back.',
  checkpointUnknown: 'Which checkpoint it goes back to is not known: the timeline comes over SSH, which is not open.',
  moved: (running: string, base: string) =>
    `The device runs ${running} now, and this draft started from ${base}. What changed in between is undone by this post, unless the draft has it too.`,
  compareMoved: 'Compare with what runs',
  upload: 'What is uploaded',
  nothing: 'Nothing: the device has every object.',
  total: 'Total',
  free: (free: string) => `${free} free on the device`,
  tooLarge: (total: string, free: string) => `The objects take ${total}, and the device has ${free} free: it would refuse them.`,
  notAsked: 'Over the pvr endpoint alone the device can’t list its objects: each is offered, and those that it has are skipped.',
  missing: 'Objects that nobody has',
  missingText:
    'Neither the device nor this computer has these objects. The update would fail, some containers only after they were stopped. Replace these entries, or remove them.',
  entry: 'Entry',
  size: 'Size',
  sha: 'sha256',
  ways: 'How',
  uploadOver: {
    http: 'Objects go over the pvr endpoint (HTTP): it takes several at once.',
    ssh: 'Objects go over SSH, because the pvr endpoint is not open.',
    hub: 'Objects go to the hub, several at once; the device fetches them from there.',
  },
  postOver: {
    http: 'The revision goes over the pvr endpoint (HTTP), because SSH is not open: its progress can’t be followed then.',
    ssh: 'The revision goes over SSH, which also tells its progress.',
    hub: 'The revision goes to the hub. The device takes it when it asks there next, and reports its progress to the hub.',
  },
  unfinished: (keys: readonly string[]) => `Not part of the draft, because they are no JSON yet: ${keys.join(', ')}.`,
  same: 'The draft is the same as its base: there is nothing to post.',
  crash: 'This would crash the device’s daemon. Post it only if you know better, and can reach the board.',
  refused: 'The device will refuse this.',
  postAnyway: 'Post anyway',
} as const;
