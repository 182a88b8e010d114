import type { StatusName } from './report.ts';

/** What one of the device's messages means. `meaning` gets what the pattern captured. */
export interface MessageRule {
  readonly statuses: readonly StatusName[];
  readonly pattern: RegExp;
  readonly title: string;
  readonly meaning: (captured: readonly string[]) => string;
}

const onTheWay: readonly StatusName[] = ['NEW', 'SYNCING', 'QUEUED', 'DOWNLOADING', 'INPROGRESS', 'TESTING'];
const rolledBack = 'The device went back to its last checkpoint.';
const stayed = 'The device stayed where it was.';

/** The messages of pantavisor 029 (update/update_progress.c, update/update.c) and of older releases, the specific ones first. */
export const messageRules: readonly MessageRule[] = [
  ...whileWaiting(),
  ...whileMoving(),
  ...atTheEnd(),
  ...refusals(),
  ...failures(),
];

function whileWaiting(): readonly MessageRule[] {
  return [
    rule(onTheWay, /^Update not yet installed$/, 'Posted', 'The device has not picked it up yet.'),
    rule(onTheWay, /^Update ready to be run$/, 'Ready to run', 'The revision is on the device and waits to be run.'),
    {
      statuses: onTheWay,
      pattern: /^Retr(?:ied|y) (\d+) of (\d+)$/,
      title: 'Trying again',
      meaning: ([n, max]) => `The device tries the update again: attempt ${n} of ${max}.`,
    },
    {
      statuses: onTheWay,
      pattern: /^Downloading update metadata, retry (\d+) of (\d+)$/,
      title: 'Fetching the state',
      meaning: ([n, max]) => `The device asks for the list of objects: attempt ${n} of ${max}.`,
    },
    {
      statuses: onTheWay,
      pattern: /^Downloading update artifacts, retry (\d+) of (\d+)$/,
      title: 'Downloading',
      meaning: ([n, max]) => `The device is fetching objects: attempt ${n} of ${max}.`,
    },
  ];
}

function whileMoving(): readonly MessageRule[] {
  return [
    rule(onTheWay, /^Update objects downloaded$/, 'Downloaded', 'All objects are on the device.'),
    rule(onTheWay, /^Update installed$/, 'Installed', 'The revision is on the device; it will be started next.'),
    rule(onTheWay, /^Update applied$/, 'Installed', 'The revision is on the device; it will be started next.'),
    rule(onTheWay, /^Starting updated version$/, 'Starting', 'The device starts the revision.'),
    rule(onTheWay, /^Rebooting$/, 'Rebooting', 'The board reboots into the revision. It does not answer for 20 seconds or more.'),
    rule(onTheWay, /^Trying new revision$/, 'Starting', 'The device starts the revision and its containers.'),
    rule(
      onTheWay,
      /^Transitioning to new revision without rebooting$/,
      'Moving without a reboot',
      'The device stops the changed containers and starts them from the revision.',
    ),
    rule(
      onTheWay,
      /^Waiting for all containers to become stable$/,
      'Waiting for the containers',
      'Containers that were started are watched. One that keeps crashing holds the device here for minutes before it gives up.',
    ),
    rule(
      onTheWay,
      /^Awaiting to set rollback point if update is stable$/,
      'On probation',
      'The board has rebooted into the revision. When it stays up it becomes the checkpoint.',
    ),
    rule(
      onTheWay,
      /^Awaiting to see if update is stable$/,
      'On probation',
      'The revision runs without a reboot. When it stays up the update ends, and the checkpoint stays where it was.',
    ),
  ];
}

function atTheEnd(): readonly MessageRule[] {
  return [
    rule(
      ['UPDATED'],
      /^Update finished, revision not set as rollback point$/,
      'Updated',
      'The revision runs and is stable, but is no checkpoint: it becomes one at the next reboot.',
    ),
    rule(
      ['DONE'],
      /^Update finished, revision set as rollback point$/,
      'Done',
      'The revision runs and is a checkpoint: a failure of a later one comes back to it.',
    ),
    rule(['DONE'], /^Factory revision$/, 'Factory revision', 'What the device was flashed with; it is a checkpoint.'),
    rule(
      ['CANCEL', 'CANCELLED', 'CANCELED'],
      /^Cancel as requested by owner$/,
      'Cancelled',
      'The owner cancelled it before the device took it. Nothing changed.',
    ),
  ];
}

function refusals(): readonly MessageRule[] {
  const refused: readonly StatusName[] = ['WONTGO'];
  return [
    rule(
      refused,
      /^Mark as WONTGO as requested by owner$/,
      'Given up by its owner',
      'A person marked it on the hub while the device was at it. A device that is still at work on it may report something else later.',
    ),
    rule(refused, /^Update aborted$/, 'Aborted', `The update was given up before it began. ${stayed}`),
    rule(
      refused,
      /^Max update processing retries reached$/,
      'Gave up',
      `The device tried as often as it may to take the update. ${stayed}`,
    ),
    rule(
      refused,
      /^Max download(?: update)? retries reached$/,
      'Download given up',
      `The device could not fetch all objects, as often as it tried. ${stayed} Check its network, and whether every object was uploaded.`,
    ),
    rule(
      refused,
      /^State JSON not found$/,
      'No such revision',
      `The device has no state of that name: it was never stored, or it was refused when it was sent. ${stayed}`,
    ),
    rule(
      refused,
      /^State JSON has bad format$/,
      'State refused',
      `The device's parser does not accept the state. ${stayed} The preflight says what is wrong.`,
    ),
    rule(
      refused,
      /^State not fully covered by signatures$/,
      'Not fully signed',
      `The device requires every entry to be signed, and some are not. ${stayed}`,
    ),
    rule(
      refused,
      /^Signature validation failed$/,
      'Signature wrong',
      `A signature does not fit what it signs. ${stayed} Sign the changed parts again.`,
    ),
    {
      statuses: refused,
      pattern: /^Space required (\d+) B, available (\d+) B$/,
      title: 'No space',
      meaning: ([required, available]) => `The update needs ${required} bytes and the device has ${available} free. ${stayed}`,
    },
    rule(refused, /^Internal error$/, 'Internal error', `The device failed on its own side; its log may say why. ${stayed}`),
  ];
}

function failures(): readonly MessageRule[] {
  const failed: readonly StatusName[] = ['ERROR'];
  return [
    rule(
      failed,
      /^Object validation went wrong$/,
      'Object missing or damaged',
      `An object that the state refers to is not on the device, or its bytes do not fit its name. ${rolledBack} A container may have been stopped for it before.`,
    ),
    rule(
      failed,
      /^Hub not reachable$/,
      'Hub not reachable',
      `With the revision the device could not reach the hub. ${rolledBack}`,
    ),
    rule(
      failed,
      /^Hub communication not stable$/,
      'Hub connection not stable',
      `With the revision the device lost the hub again and again. ${rolledBack}`,
    ),
    rule(
      failed,
      /^Stale revision$/,
      'Left unfinished',
      `The device found the update unfinished from an earlier boot. ${rolledBack}`,
    ),
    rule(
      failed,
      /^Status goal not reached$/,
      'Status goal not reached',
      `A container did not reach its status goal (MOUNTED, STARTED or READY) within its group's time. ${rolledBack}`,
    ),
    rule(
      failed,
      /^A container could not be started$/,
      'A container could not be started',
      `A container failed to start, or kept crashing until the device gave up. ${rolledBack} The log below names it.`,
    ),
    rule(
      failed,
      /^Unexpected rollback$/,
      'Unexpected rollback',
      `The device restarted while the revision was on probation, and came back with the one before: a crash, a loss of power, or a state that brings the device down. ${rolledBack}`,
    ),
    rule(
      failed,
      /^State not fully covered by signatures$/,
      'Not fully signed',
      `The device requires every entry to be signed, and some are not. ${rolledBack}`,
    ),
    rule(
      failed,
      /^Signature validation failed$/,
      'Signature wrong',
      `A signature does not fit what it signs. ${rolledBack} Sign the changed parts again.`,
    ),
    rule(failed, /^Internal error$/, 'Internal error', `The device failed on its own side; its log may say why. ${rolledBack}`),
  ];
}

function rule(statuses: readonly StatusName[], pattern: RegExp, title: string, meaning: string): MessageRule {
  return { statuses, pattern, title, meaning: () => meaning };
}
