import { TrailbossError } from '../../shared/contract/errors.ts';
import type { HubPlace } from '../../shared/contract/fleet.ts';

export function notInFleet(): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: 'This device is not in the fleet any more.',
    unchanged: 'Nothing was done.',
    next: 'Go back to the fleet; add it again by its address if it should be there.',
  });
}

export function alreadyThere(name: string): TrailbossError {
  return new TrailbossError('CONFLICT', {
    what: `This address is in the fleet already: it is ${name}.`,
    unchanged: 'Nothing was added.',
    next: 'Open that device; to reach it in another way, edit it.',
  });
}

export function onHubOnly({ nick, account }: HubPlace): TrailbossError {
  return new TrailbossError('CONFLICT', {
    what: `${nick} is in the fleet because it is one of the devices of ${account}.`,
    unchanged: 'It stays in the fleet.',
    next: 'Delete it on the hub, or sign out of that account in Settings.',
  });
}

export function otherKeyNow(): TrailbossError {
  return new TrailbossError('CONFLICT', {
    what: 'The device shows another host key now than the one you were asked about.',
    unchanged: 'No key was accepted.',
    next: 'Look at the fingerprint again.',
  });
}
