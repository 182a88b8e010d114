/** The names of the ways to a device, the same on every screen. */
export const strings = {
  http: 'pvr endpoint',
  ssh: 'SSH',
  hub: 'Hub',
  httpShort: 'http',
  sshShort: 'ssh',
  hubShort: 'hub',
  cancel: 'Cancel',
  undo: 'Undo',
  keyThen: ' then ',
  closeNotice: (text: string) => `Close: ${text}`,
  details: 'Details',
  address: 'Address',
  acceptedBefore: 'Accepted before',
  editorLoading: 'Loading the editor…',
  editorMissing: (reason: string) =>
    `The editor could not be loaded. Nothing was changed; reload the window to try again. (${reason})`,
} as const;
