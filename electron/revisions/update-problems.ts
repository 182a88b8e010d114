import type { Via } from '../../shared/contract/connection.ts';
import { TrailbossError } from '../../shared/contract/errors.ts';

/** Nothing can be taken back any more by stopping here. */
export function tooLate(via: Via): TrailbossError {
  if (via === 'hub') {
    return new TrailbossError('REFUSED_BY_HUB', {
      what: 'The hub has this revision already, or may have it.',
      unchanged: 'The update goes on.',
      next: 'While the device has not taken it, cancel the revision itself in the timeline.',
    });
  }
  return new TrailbossError('REFUSED_BY_DEVICE', {
    what: 'The device has this revision already and goes on by itself.',
    unchanged: 'The update goes on.',
    next: 'Watch it to its end, and run the older revision again afterwards.',
  });
}

/** The way that an update goes is not there while it is on its way. */
export function sideGone(via: Via): TrailbossError {
  return new TrailbossError('WAY_MISSING', {
    what:
      via === 'hub'
        ? 'The device is not known from a hub account any more.'
        : 'The device has no address on the local network any more.',
    unchanged: 'What was sent before stays where it is; nothing more was sent.',
    next:
      via === 'hub'
        ? 'Sign in to the account again; the update goes on then.'
        : 'Add its address again; the update goes on then.',
  });
}

/** The pvr endpoint tells too little to know whether the post arrived. */
export function answerLost(): TrailbossError {
  return new TrailbossError('NOT_ANSWERING', {
    what: 'The answer to the post was lost, and the new revision does not run yet.',
    unchanged: 'It is not known whether the device has it; it is not posted twice.',
    next: 'The device is asked again by itself. Open SSH to it to see its revisions.',
  });
}

/** Objects that the state refers to and that nobody can send. */
export function nobodyHas(objects: readonly { readonly sha: string; readonly key: string }[]): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: `${objects.length} of the objects are neither on the device nor on this computer.`,
    unchanged: 'Nothing was posted.',
    next: 'Cancel, and replace these files in the draft.',
    raw: objects.map((object) => `${object.key} ${object.sha}`).join('\n'),
  });
}

/** The journal is there, and its state is not. */
export function stateLost(): TrailbossError {
  return new TrailbossError('INTERNAL', {
    what: 'The state of this update is not in the database.',
    unchanged: 'Nothing was sent.',
    next: 'Cancel this update and post the draft again.',
  });
}

/** Another revision took the name while this update was on its way. */
export function nameTaken(revision: string): TrailbossError {
  return new TrailbossError('NAME_TAKEN', {
    what: `The device has another revision ${revision} by now, and would overwrite it silently.`,
    unchanged: 'The objects that were uploaded stay there, unused; the revision was not posted.',
    next: 'Cancel this update and post the draft under another name.',
  });
}
