import { TrailbossError } from '../../../shared/contract/errors.ts';

const unchanged = 'Nothing was changed.';

/** Something that a hub does not do for a device. */
export function hubLacks(doing: string): TrailbossError {
  return new TrailbossError('WAY_MISSING', {
    what: `${doing} can’t be done over the hub.`,
    unchanged,
    next: 'Reach the device on the local network over SSH: add its address in its connection.',
  });
}

/** A revision that the hub does not have. */
export function notThere(revision: string): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: `The hub does not know ${revision === 'the running revision' ? revision : `a revision ${revision}`} of this device.`,
    unchanged,
    next: 'Look at the timeline for the revisions that are there.',
  });
}

/** A revision that was posted to the device on the local network, past the hub. */
export function onDeviceOnly(revision: string): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: `The device runs ${revision}, a local revision that the hub does not know.`,
    unchanged,
    next: 'Reach the device on the local network to see it, or let it follow the hub again.',
  });
}

export function secretsLocked(): TrailbossError {
  return new TrailbossError('SECRETS_LOCKED', {
    what: 'The secrets of this account are locked.',
    unchanged,
    next: 'Unlock them with their passphrase in Settings.',
  });
}
