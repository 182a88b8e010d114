import type { UpdatePhase, UpdateView } from '../../../shared/contract/update.ts';
import type { StepState } from './steps.ts';

const headings: { readonly [Kind in UpdateView['kind']]: string } = {
  post: 'New revision',
  run: 'Run a revision',
  reboot: 'Reboot',
};

const phases: { readonly [Phase in UpdatePhase]: string } = {
  uploading: 'uploading',
  posting: 'posting',
  moving: 'the device is at work',
  interrupted: 'interrupted',
  ended: 'ended',
  cancelled: 'cancelled',
};

const stepTitles = {
  upload: 'Upload objects',
  post: 'Post the revision',
  order: 'Asked the device',
  wait: 'Waiting for the device’s first report',
  end: 'End',
  cancelled: 'Cancelled',
} as const;

const stepStates: { readonly [State in StepState]: string } = {
  done: 'done',
  current: 'now',
  paused: 'paused',
  failed: 'not done',
  ahead: 'still to come',
};

/** What the update screen says. */
export const strings = {
  headings,
  phases,
  stepTitles,
  stepStates,
  steps: 'Steps of the update',
  nothingToUpload: 'Nothing to upload: the device has every object.',
  objects: (done: number, all: number) => `${done} of ${all} ${all === 1 ? 'object' : 'objects'}`,
  rate: (rate: string) => `${rate}/s`,
  uploadBar: 'Uploaded bytes',
  silent: 'Not answering since',
  silentFor: (age: string) => `for ${age}`,
  silentNormal:
    'This is normal while containers stop or the board reboots: about 5 s at an update’s end, 20 to 30 s for a reboot.',
  silentLong: 'This is longer than a reboot usually takes. The update goes on without Trailboss, which keeps asking.',
  heard: 'Last heard',
  cancelUpload: {
    button: 'Cancel upload',
    title: 'Stop uploading?',
    text: 'Nothing is posted and the device stays as it is. Objects that it has taken already stay there, unused.',
    confirm: 'Stop uploading',
  },
  cancelUpdate: {
    button: 'Cancel update',
    title: 'Cancel this update?',
    text: 'The device is not told again. What it has taken already stays there, unused; a draft stays as it is.',
    confirm: 'Cancel the update',
  },
  resume: 'Resume',
  interrupted: 'Interrupted. Nothing is lost: what was uploaded stays uploaded, and it goes on from there.',
  cancelled: 'Cancelled. Nothing was posted; the device stayed as it was.',
  containers: 'Containers',
  container: 'Container',
  group: 'Group',
  status: 'Status',
  inThisUpdate: 'In this update',
  containersNow: 'Containers now',
  containersAtEnd: 'Containers at the end',
  asOf: (time: string) => `as told at ${time}`,
  allRestart: 'The board reboots, so all of them restart.',
  noContainers: 'The device has not told about its containers yet.',
  noContainersHttp: 'Containers come over SSH, which is not open for this device.',
  restarts: 'restarts',
  starts: 'new',
  stops: 'goes',
  stays: 'stays',
  retries: (now: number, max: number) => `${now} of ${max} retries`,
  goal: (goal: string) => `of ${goal}`,
  reports: 'What the device reported',
  noReports: 'Nothing yet.',
  at: 'At',
  message: 'Message',
  log: 'Log of the device',
  copyLog: 'Copy the log',
  forecastTitle: 'Forecast against what happened',
  forecastCaption: 'What was forecast before the update, and what the device then did',
  what: 'What',
  forecast: 'Forecast',
  actual: 'Happened',
  agrees: { yes: 'as forecast', no: 'differs', 'not-observed': 'not observed' },
  took: (span: string) => `It took ${span} in all.`,
  noForecast: 'No forecast was made for this update: the state before it was not known.',
  someDiffer: (count: number) => `${count} ${count === 1 ? 'line differs' : 'lines differ'} from the forecast.`,
  rolledBack: (to: string) => `It went back to ${to}, the last checkpoint.`,
  stayed: (on: string) => `It stayed on ${on}.`,
  runsNow: (on: string) => `It runs ${on} now.`,
  lost: (names: readonly string[]) =>
    `${names.join(', ')} ran without being a checkpoint: ${names.length === 1 ? 'it is' : 'they are'} not running any more.`,
  compareFailed: 'Compare with what runs',
  draftFrom: 'Start a draft from it',
  timeline: 'Open timeline',
  noReboot: 'no reboot',
  rebootedInto: (revision: string) => `The device rebooted, and ${revision} is a checkpoint.`,
  runsUntold: (revision: string) => `${revision} runs. Whether it stays is only told over SSH.`,
  results: {
    done: (revision: string) => `${revision} runs, and is a checkpoint.`,
    updated: (revision: string) => `${revision} runs. It is stable, and becomes a checkpoint at the next reboot.`,
    failed: (revision: string) => `${revision} failed.`,
    refused: (revision: string) => `The device refused ${revision} before it began.`,
    rebooted: () => 'The device rebooted.',
    unknown: (revision: string) => `It is not known how ${revision} ended: the device did not say.`,
  },
} as const;
