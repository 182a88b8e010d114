/** The names of the ways to a device, the same on every screen. */
export const strings = {
  http: 'pvr endpoint',
  ssh: 'SSH',
  hub: 'Hub',
  httpShort: 'http',
  sshShort: 'ssh',
  hubShort: 'hub',
} as const;
