const wholes: Readonly<Record<number, string>> = { 1: 'The one update', 2: 'Both updates' };

/** What the screen of how often forecasts were right says. */
export const strings = {
  title: 'Forecast against actual',
  empty:
    'No update with a forecast has ended yet. Each one that is posted or run from here is kept with its forecast, and held against what the device did.',
  emptyOfDevice: 'No update of this device with a forecast has ended yet.',
  toFleet: 'To the fleet',
  nothingFound: 'No update fits these filters.',
  clear: 'Clear the filters',
  filters: 'Filters',
  device: 'Device',
  anyDevice: 'Any device',
  result: 'Result',
  anyResult: 'Any result',
  results: { right: 'As forecast', wrong: 'Differs', unobserved: 'Not observed' },
  summary: (right: number, seen: number) =>
    seen === 0
      ? 'No update could be observed well enough to tell whether its forecast was right.'
      : right === seen
        ? `${wholes[seen] ?? `All ${seen.toLocaleString('en')} updates`} that could be observed went as forecast.`
        : `${right.toLocaleString('en')} of ${seen.toLocaleString('en')} updates that could be observed went as forecast.`,
  unobserved: (count: number) => `${count.toLocaleString('en')} more could not be observed.`,
  statements: 'How often each statement was right',
  statement: 'Statement',
  right: 'As forecast',
  wrong: 'Differs',
  notSeen: 'Not observed',
  share: 'Right',
  list: 'Updates with a forecast',
  width: 'Width of the selected update',
  columns: {
    result: 'Result',
    device: 'Device',
    revision: 'Revision',
    forecast: 'Forecast',
    what: 'What differs',
    at: 'Ended',
  },
  nothingDiffers: '–',
  inspector: 'Selected update',
  close: 'Close',
  moved: (from: string, to: string) => `${from} → ${to}`,
  lines: 'Forecast and what happened',
  what: 'What',
  forecast: 'Forecast',
  actual: 'Happened',
  agreement: 'Whether it was as forecast',
  agrees: { yes: 'as forecast', no: 'differs', 'not-observed': 'not observed' },
  noReboot: 'no reboot',
  reasons: 'Why it was forecast so',
  copyPair: 'Copy the states for a report',
  pairCopied: 'The running state, those since boot and the next state are on the clipboard, as JSON.',
  pairNotKept: 'The states of this update were not kept: it is from before they were.',
  openUpdate: 'Open the update',
} as const;

const statements: ReadonlyMap<string, string> = new Map([
  ['Transition', 'Reboot or not'],
  ['Restarted', 'Containers restarted'],
  ['Started', 'Containers started'],
  ['Stopped', 'Containers stopped'],
  ['End', 'Final status and checkpoint'],
  ['Preflight', 'Preflight'],
]);

/** A statement by the name that people know it by; one of a later version stays as it is. */
export function statementName(what: string): string {
  return statements.get(what) ?? what;
}
