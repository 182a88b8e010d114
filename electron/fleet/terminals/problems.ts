import { TrailbossError } from '../../../shared/contract/errors.ts';

export function tooMany(device: string, most: number): TrailbossError {
  return new TrailbossError('DEVICE_BUSY', {
    what: `${device} has ${most} shells open from here, and no more are opened at once.`,
    unchanged: 'The others go on.',
    next: 'Close one that you do not need any more.',
  });
}

/** Somebody writes to a shell that is over. */
export function notOpen(): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: 'This shell has ended.',
    unchanged: 'What was typed since went nowhere.',
    next: 'Open it again.',
  });
}

/** A connection that breaks tells no exit code. */
export function brokeOff(): TrailbossError {
  return new TrailbossError('NOT_ANSWERING', {
    what: 'The connection to the device broke off.',
    unchanged: 'What ran in the shell may have ended with it.',
    next: 'A device that reboots does that. Open the shell again when it answers.',
  });
}

export function wayGone(): TrailbossError {
  return new TrailbossError('CANCELLED', {
    what: 'The shell was closed, because the way to its device was taken away.',
    unchanged: 'What ran in the shell may have ended with it.',
    next: 'If the device is still in the fleet, open the shell again.',
  });
}
