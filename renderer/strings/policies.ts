const devices = (count: number) => (count === 1 ? '1 device' : `${count.toLocaleString('en')} devices`);
const cells = (count: number) => (count === 1 ? '1 policy' : `${count.toLocaleString('en')} policies`);

/** What the screen of the whole fleet's restart policies says. */
export const strings = {
  title: 'Restart policies',
  intro: 'A change to a container with policy system reboots the board; with policy container it restarts that container alone.',
  grid: 'Restart policies, device by container',
  device: 'Device',
  devices,
  policies: { system: 'system', container: 'container' },
  own: 'own',
  defaults: 'default',
  originTitles: {
    own: 'set in its own run.json',
    group: (name: string) => `inherited from group ${name}`,
    default: 'the device’s default',
  },
  cellTitle: (container: string, policy: string, origin: string) => `${container}: ${policy}, ${origin}`,
  none: 'not on this device',
  tally: (system: number, container: number) =>
    [...(system > 0 ? [`${system} system`] : []), ...(container > 0 ? [`${container} container`] : [])].join(' · '),
  groupNames: (names: readonly string[], more: number) => `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  expand: (count: number) => `Show the ${devices(count)}`,
  collapse: (count: number) => `Hide the ${devices(count)}`,
  chooseAll: 'Choose all',
  chooseColumn: (container: string) => `Choose ${container} everywhere`,
  chooseRow: (name: string) => `Choose all containers of ${name}`,
  containerFilter: 'Containers',
  containerPlaceholder: 'Filter containers',
  kind: 'Which policies',
  kinds: {
    all: 'All policies',
    system: 'Policy system',
    container: 'Policy container',
    own: 'Set in run.json',
    inherited: 'Inherited',
  },
  grouped: 'Group equal devices',
  counts: (shown: number, groups: number, containers: number) =>
    `${devices(shown)} in ${groups} ${groups === 1 ? 'group' : 'groups'} · ${containers} ${containers === 1 ? 'container' : 'containers'}`,
  reading: (read: number, of: number) => `Reading states: ${read.toLocaleString('en')} of ${of.toLocaleString('en')}`,
  unreadable: (count: number) => `${devices(count)} can’t be read`,
  unreadableTitle: 'They did not tell what they run, and no hub could. They are read when they answer.',
  nothingChosen: 'Choose cells, a container or a device.',
  chosen: (count: number, on: number) => `${cells(count)} on ${devices(on)}`,
  setTo: 'Set to',
  set: { container: 'container', system: 'system', inherit: 'inherit' },
  setTitle: 'Opens a draft and a forecast for each device. Nothing is posted by this.',
  clear: 'Choose none',
  reasons: {
    none: 'Choose cells first.',
    same: 'All that are chosen are so already.',
    tooMany: (count: number, most: number) =>
      `A series goes to ${most} devices at most; these are ${count.toLocaleString('en')}.`,
  },
  nothing: 'No container of these devices has such a policy.',
  noMatch: 'No device matches.',
  noDevices: 'There are no devices yet.',
  toFleet: 'To the fleet',
  keys: {
    container: 'Set what is chosen to container',
    system: 'Set what is chosen to system',
    inherit: 'Let what is chosen inherit',
    clear: 'Choose none',
    group: 'Group equal devices, or not',
    filter: 'Filter devices',
  },
} as const;
