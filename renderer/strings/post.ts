import { localsPrefix, type NameFault, nameLimit } from '../features/post/revisionName.ts';

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
  planning: 'Asking what is needed…',
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
  postedSince: (head: string, base: string) =>
    `${head} was posted since this draft started from ${base}. What it changed is undone by this post, unless the draft has it too.`,
  compareMoved: (revision: string) => `Compare with ${revision}`,
  rebase: (revision: string) => `Rebase onto ${revision}…`,
  direction: 'Which way',
  directions: {
    lan: {
      label: 'Straight to the device',
      text: 'Over the local network. The device takes it at once, under a name of your own.',
    },
    hub: {
      label: 'To its hub',
      text: 'The device takes it when it asks the hub next. Everybody with the account sees it there.',
    },
  },
  suggested: {
    lan: {
      'came-this-way': 'Suggested: straight to the device, because the draft follows a local revision.',
      'other-closed': 'Suggested: straight to the device, because its hub is closed now.',
    },
    hub: {
      'came-this-way': 'Suggested: to its hub, because the draft follows a revision from there.',
      'other-closed': 'Suggested: to its hub, because the way straight to the device is closed now.',
    },
  },
  number: 'Revision',
  numberHint: 'The number after the newest one. When somebody else takes it first, nothing is posted.',
  leavesHub:
    'A local revision takes the device off the hub: it runs it, and asks the hub for nothing until it goes remote again. That can be ordered when the update has ended.',
  silent: 'The device was last heard',
  silentWaits: 'The revision waits on the hub until it is back, and can be cancelled there until then.',
  offHub: 'The device runs a local revision and is off the hub: what is posted there waits until the device goes remote again.',
  formatting: (count: number, effect: 'reboot' | 'restart' | 'none') =>
    `The hub keeps JSON in a form of its own. By that alone ${count === 1 ? 'an entry differs' : `${count} entries differ`} from what runs, though nobody changed ${count === 1 ? 'it' : 'them'}${effect === 'none' ? ', which has no effect' : `, and the device ${effect === 'reboot' ? 'reboots' : 'restarts containers'} for it`}:`,
  onHub: 'On the hub',
  follows: (number: string) => `It becomes ${number}, after the newest one there:`,
  by: (who: string) => `by ${who}`,
  noMessage: 'no message',
  pending: (count: number) =>
    `${count === 1 ? 'One revision waits' : `${count} revisions wait`} for the device, which takes the oldest first. This one comes after ${count === 1 ? 'it' : 'them'}; cancel what should not run any more:`,
  pendingFits: (bytes: string, most: string) =>
    `Together with this one the device reads ${bytes} when it asks, of ${most} at most.`,
  quota: (bytes: string, left: string) => `${bytes} to send; ${left} are left of the account’s quota.`,
  overQuota: (bytes: string, left: string) => `${bytes} would be sent, and the account’s quota has ${left} left.`,
  nothingHub: 'Nothing: the hub has every object.',
  upload: 'What is uploaded',
  nothing: 'Nothing: the device has every object.',
  total: 'Total',
  free: (free: string) => `${free} free on the device`,
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
} as const;
