/** The names of the two ways to a device, the same on every screen. */
export const strings = {
  http: 'pvr endpoint',
  ssh: 'SSH',
  httpShort: 'http',
  sshShort: 'ssh',
} as const;
