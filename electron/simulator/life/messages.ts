import type { DownloadTotal, Failure, Progress, Status } from './model.ts';

/** Every message that the simulated device puts into a progress, as the runtime words them (update_progress.c). */
export const MESSAGE = {
  readyToRun: 'Update ready to be run',
  factory: 'Factory revision',
  rebooting: 'Rebooting',
  transitioning: 'Transitioning to new revision without rebooting',
  trying: 'Trying new revision',
  awaitingCheckpoint: 'Awaiting to set rollback point if update is stable',
  awaitingStable: 'Awaiting to see if update is stable',
  waitingForContainers: 'Waiting for all containers to become stable',
  done: 'Update finished, revision set as rollback point',
  updated: 'Update finished, revision not set as rollback point',
  stateNotFound: 'State JSON not found',
  badFormat: 'State JSON has bad format',
  objectInvalid: 'Object validation went wrong',
  containerFailed: 'A container could not be started',
  unexpectedRollback: 'Unexpected rollback',
  notCovered: 'State not fully covered by signatures',
  maxProcessing: 'Max update processing retries reached',
  maxDownload: 'Max download update retries reached',
  hubNotReachable: 'Hub not reachable',
  hubNotStable: 'Hub communication not stable',
} as const;

/** `progress` means nothing by itself: each status has one fixed number. */
const PERCENT: Readonly<Record<Status, number>> = {
  NEW: 0,
  QUEUED: 5,
  DOWNLOADING: 25,
  INPROGRESS: 50,
  TESTING: 75,
  UPDATED: 100,
  DONE: 100,
  WONTGO: 100,
  ERROR: 100,
};

export function progressOf(status: Status, message: string, logs: readonly string[] = []): Progress {
  const progress = { status, 'status-msg': message, progress: PERCENT[status], retries: 0 };
  return logs.length === 0 ? progress : { ...progress, logs: logs.map((line) => `${line}\n`).join('') };
}

/** PV_REVISION_RETRIES: how often an update from the hub is begun, and each list of its objects gone through. */
export const MOST_RETRIES = 10;

/** A step of the hub that was taken, after `retries` attempts. */
export function queuedProgress(retries: number): Progress {
  return { ...progressOf('QUEUED', `Retried ${retries} of ${MOST_RETRIES}`), retries };
}

/** The sizes and addresses of the objects are being asked for. */
export function metadataProgress(retries: number): Progress {
  return { ...progressOf('QUEUED', `Downloading update metadata, retry ${retries} of ${MOST_RETRIES}`), retries };
}

export function downloadProgress(retries: number, total: DownloadTotal): Progress {
  const message = `Downloading update artifacts, retry ${retries} of ${MOST_RETRIES}`;
  return { ...progressOf('DOWNLOADING', message), retries, downloads: { total } };
}

/** Bytes. */
export function noSpaceMessage(required: number, available: number): string {
  return `Space required ${required} B, available ${available} B`;
}

/** One line of `progress.logs`: JSON as the device's log server writes it. */
export function logLine(source: string, message: string, seconds: number): string {
  return JSON.stringify({ tsec: Math.floor(seconds), tnano: 0, platform: 'pantavisor', lvl: 'ERROR', src: source, msg: message });
}

/** The failure of a container, with the lines that the runtime leaves (state.c, controller.c, platforms.c). */
export function containerFailure(name: string, how: 'stopped' | 'not-running', retries = 0): Failure {
  const what =
    how === 'stopped'
      ? `(pv_state_run:868) platform '${name}' suddenly stopped`
      : `(pv_state_run:918) platform '${name}' is not running`;
  // A container that died while its logger was being attached leaves a line of its own.
  const diedEarly = how === 'stopped' && retries > 0;
  const lost = '(__start_pvlogger_for_platform:835) Unable to open namespace file: No such file or directory';
  return {
    message: MESSAGE.containerFailed,
    logs: [
      ...(diedEarly ? [logLine('platforms', lost, 0)] : []),
      logLine('state', what, 0),
      logLine('controller', '(_pv_wait:502) a platform did not work as expected. Tearing down...', 0),
    ],
  };
}

export function objectFailure(): Failure {
  return {
    message: MESSAGE.objectInvalid,
    logs: [
      logLine('storage', '(pv_storage_validate_trails_object_checksum:524) failed to cure file: No such file or directory', 0),
      logLine('state', '(pv_state_validate_checksum:1674) trails object failed', 0),
      logLine('controller', '(_pv_run:239) state objects validation went wrong', 0),
    ],
  };
}
