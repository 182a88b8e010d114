export const strings = {
  passphrase: (path: string) => `Passphrase of ${path}`,
  unlock: 'Unlock',
} as const;
