export const strings = {
  title: 'Activity',
  empty: 'Nothing was done from here yet.',
  when: 'When',
  what: 'What',
  device: 'Device',
  user: 'By',
  result: 'Result',
  results: { started: 'started', ok: 'done', failed: 'failed' },
} as const;
