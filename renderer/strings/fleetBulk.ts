const devices = (count: number) => `${count} ${count === 1 ? 'device' : 'devices'}`;

/** What is said of several devices that something is done to. */
export const strings = {
  selected: (count: number) => `${count} selected`,
  hidden: (count: number) => `${count} more are not shown and left alone`,
  bar: 'Selected devices',
  clear: 'Clear the selection',
  labels: 'Labels…',
  reboot: 'Reboot…',
  restart: 'Restart a container…',
  post: 'Post a draft…',
  compareTwo: 'Compare the two',
  compareFleet: 'Compare with the fleet',
  more: 'More',
  copyNames: 'Copy their names',
  copyAddresses: 'Copy their addresses',
  copied: (count: number) => `Copied ${count} ${count === 1 ? 'line' : 'lines'}`,
  exactlyTwo: 'Select exactly two devices.',
  exactlyOne: 'Select one device alone.',
  noneOrders: 'None of them takes orders now: that needs SSH.',
  noContainers: 'None of them has told of containers.',
  noAddresses: 'None of them has an address on the local network.',
  tooMany: (most: number) => `A change goes to ${most} devices at the most.`,
  neverRead: 'What one of them runs was never read.',

  cancel: 'Cancel',
  close: 'Close',
  stop: 'Stop',
  stopHelp: 'Nothing further is begun; what is under way ends.',
  again: 'Try again where it failed',
  selectFailed: 'Select the failed ones',
  device: 'Device',
  result: 'Result',
  results: 'Results by device',
  states: { waiting: 'waiting', running: 'under way', done: 'done', failed: 'failed', left: 'not begun' },
  progress: (done: number, of: number) => `${done} of ${of} done`,
  summary: (done: number, failed: number, left: number) =>
    [`${done} done`, failed > 0 ? `${failed} failed` : '', left > 0 ? `${left} not begun` : ''].filter(Boolean).join(' · '),

  labelsTitle: (count: number) => `Labels of ${devices(count)}`,
  labelsText: 'What you set is added to the labels that each device has. Labels live in the user metadata.',
  labelsSet: 'Set',
  labelsRemove: 'Remove',
  labelOn: (name: string, value: string | undefined, count: number, of: number) =>
    `${name}${value === undefined ? '' : value === '' ? '' : `=${value}`} · ${count === of ? 'all' : `${count} of ${of}`}`,
  labelsNothing: 'Set a label or choose one to remove.',
  labelsConfirm: (count: number) => `Change ${devices(count)}`,
  labelsSame: (count: number) => `${count} of them ${count === 1 ? 'is' : 'are'} so already.`,

  rebootTitle: (count: number) => `Reboot ${devices(count)}?`,
  rebootText:
    'Each is asked to reboot now, a few at a time. That can’t be undone: its containers stop, and it is gone until it has booted.',
  rebootThese: 'These reboot',
  rebootNot: (count: number) => `${devices(count)} can’t be asked`,
  rebootConfirm: (count: number) => `Reboot ${devices(count)}`,

  restartTitle: (count: number) => `Restart a container on ${devices(count)}`,
  restartText:
    'The container stops and starts again on each of them. Where its restart policy is system it restarts with the board only, and is left alone.',
  restartContainer: 'Container',
  restartOn: (count: number, of: number) => `${count} of ${of}`,
  restartSystem: (count: number) => `policy system on ${count}`,
  restartOut: (count: number) => `${count} ${count === 1 ? 'takes' : 'take'} no orders now`,
  restartNone: 'nothing to restart',
  restartReading: (read: number, of: number) =>
    `Restart policies read on ${read} of ${of}; what is not known is left to the device.`,
  restartConfirm: (container: string, count: number) => `Restart ${container} on ${devices(count)}`,
  restartChoose: 'Choose a container',

  postTitle: (count: number) => `Post a draft to ${devices(count)}`,
  postText:
    'What the draft changes is taken to each device, on top of what that one runs. Each gets a draft and a forecast of its own; nothing is posted yet.',
  postNone: 'There is no draft with changes. Start one on a device, then come back.',
  postDrafts: 'Drafts',
  postUntitled: (device: string) => `Draft of ${device}`,
  postOf: (device: string, base: string, changes: number) =>
    `${device} from ${base} · ${changes} ${changes === 1 ? 'change' : 'changes'}`,
  postGone: 'a device that is gone',
  postConfirm: 'Prepare',
} as const;
