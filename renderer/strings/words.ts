/** What colours and icons stand for. */
export const meaningWords = {
  reboot: 'reboot',
  restart: 'restart',
  none: 'no effect',
  refused: 'refused',
  crash: 'would crash',
  checkpoint: 'checkpoint',
  stable: 'stable, no checkpoint',
  testing: 'testing',
  moving: 'moving',
  silent: 'not answering',
  blocked: 'blocked',
  warning: 'attention',
  ok: 'fine',
  error: 'failed',
} as const;

/** How a device is. */
export const conditionTexts = {
  blocked: 'needs you',
  failed: 'update failed',
  refused: 'update refused',
  'not-answering': 'not answering',
  updating: 'updating',
  'not-a-checkpoint': 'not a checkpoint',
  connecting: 'connecting',
  answering: 'answering',
  'up-to-date': 'up to date',
} as const;

/** How one way to a device is, and what it may wait for. */
export const wayTexts = {
  notConfigured: 'not set up',
  connecting: 'connecting',
  open: 'open',
  silent: 'not answering',
  blocked: 'blocked',
  blockedBy: {
    HOST_KEY_UNKNOWN: 'host key not accepted yet',
    HOST_KEY_CHANGED: 'host key changed',
    LOGIN_REFUSED: 'login refused',
    SESSION_ENDED: 'signed out',
    SECRETS_LOCKED: 'locked',
    PASSPHRASE_NEEDED: 'passphrase needed',
  },
} as const;

/** Ages and durations. */
export const timeTexts = {
  now: 'now',
  justNow: 'just now',
  ago: (span: string) => `${span} ago`,
  seconds: (count: number | string) => `${count} s`,
  minutes: (count: number) => `${count} min`,
  hours: (count: number) => `${count} h`,
  days: (count: number) => `${count} d`,
  minutesAndSeconds: (minutes: number, seconds: number) => `${minutes} min ${seconds} s`,
} as const;

/** Keys as they are written on keyboards that have no sign for them. */
export const keyTexts = {
  ctrl: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
  meta: 'Super',
  escape: 'Esc',
  enter: 'Enter',
  space: 'Space',
  delete: 'Del',
  pageup: 'Page Up',
  pagedown: 'Page Down',
} as const;

/** What this window has to say of a call that failed, where the backend said nothing. */
export const callTexts = {
  lost: {
    what: 'The connection to Trailboss was lost while this was on its way.',
    unchanged: 'It may or may not have been carried out.',
    next: 'Wait until the connection is back, look whether it happened, and try again if it did not.',
  },
  unforeseen: {
    what: 'Trailboss could not do this.',
    unchanged: 'Nothing was changed, as far as it is known.',
    next: 'Try again. If it happens again, copy the details and report them.',
  },
} as const;

/** Where a JSON document is not as its schema has it. */
export const schemaTexts = {
  missing: (name: string) => `${name} is missing.`,
  mustBe: (what: readonly string[]) => `It must be ${what.join(' or ')}.`,
  mustBeOneOf: (values: readonly string[]) => `It must be one of ${values.join(', ')}.`,
  notEmpty: 'It must not be empty.',
  atLeast: (least: number) => `It must be ${least} at least.`,
  listNotEmpty: 'The list must not be empty.',
  needs: (choices: readonly (readonly string[])[]) => `It needs ${choices.map((names) => names.join(' and ')).join(', or ')}.`,
  notAllowed: 'It is none of what is allowed here.',
  types: {
    string: 'a text',
    integer: 'a whole number',
    number: 'a number',
    boolean: 'true or false',
    object: 'an object in braces',
    array: 'a list in brackets',
  },
} as const;
