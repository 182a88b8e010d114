import { TrailbossError } from '../../shared/contract/errors.ts';
import type { UpdateView } from '../../shared/contract/update.ts';
import { rawOf } from '../net/raw.ts';

export function seriesGone(): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: 'This series is not there any more.',
    unchanged: 'Nothing was done.',
    next: 'Start a new one from a draft or from the restart policies.',
  });
}

export function notInSeries(): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: 'This device is not part of the series.',
    unchanged: 'Nothing was done.',
    next: 'Start another series with it.',
  });
}

export function tooMany(devices: number, most: number): TrailbossError {
  return new TrailbossError('BAD_INPUT', {
    what: `A series goes to ${most} devices at most, and these are ${devices}.`,
    unchanged: 'Nothing was prepared.',
    next: 'Choose fewer devices, and start another series for the others.',
  });
}

export function unfinishedChange(keys: readonly string[]): TrailbossError {
  return new TrailbossError('BAD_STATE', {
    what: `The draft is not finished: ${keys.join(', ')} ${keys.length === 1 ? 'is' : 'are'} not valid JSON yet.`,
    unchanged: 'Nothing was prepared.',
    next: 'Finish or revert these entries first.',
  });
}

export function nothingToTake(): TrailbossError {
  return new TrailbossError('BAD_INPUT', {
    what: 'The draft changes nothing.',
    unchanged: 'Nothing was prepared.',
    next: 'Change something in the draft first.',
  });
}

export function stillPreparing(): TrailbossError {
  return new TrailbossError('DEVICE_BUSY', {
    what: 'The drafts of this series are still being made.',
    unchanged: 'Nothing was posted.',
    next: 'Wait until every device has been read.',
  });
}

/** `names`: devices that wait for a person. */
export function stillOpen(names: readonly string[]): TrailbossError {
  return new TrailbossError('CONFLICT', {
    what: `${names.length === 1 ? 'A device needs' : `${names.length} devices need`} an answer first: ${names.slice(0, 5).join(', ')}${names.length > 5 ? '…' : ''}.`,
    unchanged: 'Nothing was posted.',
    next: 'Choose what holds there, prepare it anew, or leave it out.',
  });
}

export function nothingToPost(): TrailbossError {
  return new TrailbossError('BAD_INPUT', {
    what: 'No device of this series has anything left to post.',
    unchanged: 'Nothing was posted.',
    next: 'Take a device back in, or prepare one anew.',
  });
}

export function alreadyPosted(name: string): TrailbossError {
  return new TrailbossError('DEVICE_BUSY', {
    what: `The change was posted to ${name} already.`,
    unchanged: 'Nothing was done; its update goes on.',
    next: 'Watch the update; run an older revision again afterwards.',
  });
}

/** The device runs something else than when its draft was made. */
export function movedOn(base: string, running: string | undefined): TrailbossError {
  return new TrailbossError('CONFLICT', {
    what: `The device runs ${running ?? 'something else'} now, and its draft was made for ${base}.`,
    unchanged: 'Nothing was posted to it.',
    next: 'Prepare it anew: the change is taken to what it runs now, and forecast again.',
  });
}

export function draftGone(): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: 'The draft of this device was discarded.',
    unchanged: 'Nothing was posted to it.',
    next: 'Prepare it anew, or leave it out.',
  });
}

export function deviceGone(): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: 'The device was removed from the fleet.',
    unchanged: 'Its draft went with it.',
    next: 'Leave it out.',
  });
}

/** Something that Trailboss did not expect. */
export function unforeseen(error: unknown): TrailbossError {
  return new TrailbossError(
    'INTERNAL',
    {
      what: 'This failed in a way that Trailboss did not expect.',
      unchanged: 'Nothing was posted to the device.',
      next: 'Try again, or leave it out; if it stays so, please report it with the text below.',
      ...rawOf(error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
    },
    { cause: error },
  );
}

export function notAState(reason: string): TrailbossError {
  return new TrailbossError('BAD_STATE', {
    what: `The change can’t be made there: ${reason}`,
    unchanged: 'The device and its drafts are as they were.',
    next: 'Make it in a draft of its own on this device, or leave it out.',
  });
}

/** Objects that the change refers to and that neither the device nor this computer has. */
export function objectsMissing(missing: readonly { readonly sha: string; readonly key: string }[]): TrailbossError {
  const keys = missing.slice(0, 3).map(({ key }) => key);
  const more = missing.length > keys.length ? ` and ${missing.length - keys.length} more` : '';
  return new TrailbossError('NOT_FOUND', {
    what: `Neither this computer nor the device has the file of ${keys.join(', ')}${more}.`,
    unchanged: 'No draft was made for it, and nothing was sent.',
    next: 'Add the file to the draft that the series comes from and start the series again, or leave the device out.',
    raw: missing.map(({ key, sha }) => `${key} ${sha}`).join('\n'),
  });
}

/** The way that the device follows is closed, and the other one would change how it is led. */
export function otherWayOnly(leavesHub: boolean): TrailbossError {
  return new TrailbossError('WAY_MISSING', {
    what: leavesHub
      ? 'The hub can’t be reached, and a post over the local network would take the device off its hub.'
      : 'The device runs a local revision and does not ask its hub, and it does not answer on the local network.',
    unchanged: 'Nothing was posted to it.',
    next: 'Go on when it is reached again, or post its draft by hand.',
  });
}

/** Why a series stopped after an update that did not end well, for people. */
export function failureWords(name: string, { revision, outcome, phase }: UpdateView): string {
  if (phase === 'cancelled') return `Posting ${revision} to ${name} was cancelled.`;
  const back = outcome?.rolledBackTo === undefined ? '' : `, and the device went back to ${outcome.rolledBackTo}`;
  switch (outcome?.result) {
    case 'refused':
      return `${name} refused ${revision}${back}.`;
    case 'failed':
      return `${revision} failed on ${name}${back}.`;
    case 'rebooted':
      return `${name} rebooted instead of taking ${revision}.`;
    default:
      return `How ${revision} ended on ${name} is not known.`;
  }
}
