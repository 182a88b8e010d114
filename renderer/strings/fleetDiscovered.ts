/** What is said of devices that were found on the local network. */
export const strings = {
  title: 'Found on the local network',
  found: (count: number) => `${count} found nearby`,
  unclaimed: 'unclaimed',
  add: 'Add',
  addNamed: (name: string) => `Add ${name}`,
  claim: 'Claim…',
  claimNamed: (name: string) => `Claim ${name}`,
  hideNamed: (name: string) => `Hide ${name}`,
  asking: 'asking what answers…',
  adding: 'adding…',
  added: (name: string) => `${name} is in the fleet.`,
  again: 'Try again',
  addAnyway: (name: string) => `Add ${name} anyway`,
  notNow: 'Not now',
  menu: 'More for what was found nearby',
  hideAll: 'Hide all of these',
  showHidden: (count: number) => `Show ${count} hidden ${count === 1 ? 'device' : 'devices'} found nearby`,
  hidden: (names: readonly string[]) =>
    names.length === 1 ? `${names[0]} is hidden here.` : `${names.length} found devices are hidden here.`,
} as const;
