/** What preflight says, in draft and post. */
export const strings = {
  title: 'Preflight',
  none: 'Nothing stands in the way, as far as is known.',
  words: {
    blocks: 'Unfinished',
    refused: 'Will be refused',
    fails: 'May fail',
    notice: 'Worth knowing',
  },
  counts: {
    blocks: (count: number) => `${count} unfinished`,
    refused: (count: number) => `${count} will be refused`,
    fails: (count: number) => `${count} may fail`,
    notice: (count: number) => `${count} worth knowing`,
  },
  why: 'Why, and what to do',
  source: 'From',
  more: (count: number) => `and ${count} more`,
  accept: 'Post it although the device will refuse it',
  postRefused: 'Post although it will be refused',
  refusedHint:
    'The device will not take this revision, or not survive reading it. Correct it, or confirm that you want to post it all the same.',
  failsHint: 'The device takes this revision, and the update may fail: it then goes back to its last checkpoint.',
} as const;
