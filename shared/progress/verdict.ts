import { explain } from './explain.ts';

/** What was forecast for a move (shared/forecast, kind 'move'). Names are containers. */
export interface ForecastMove {
  readonly transition: 'reboot' | 'non-reboot';
  readonly restarts: readonly string[];
  readonly starts: readonly string[];
  readonly stops: readonly string[];
  readonly checkpoint: boolean;
}

/** What was seen of it; 'unknown' where nobody could look. */
export interface ObservedMove {
  readonly rebooted: boolean | 'unknown';
  /** Containers of the old revision that were stopped and started. */
  readonly containersRestarted: readonly string[] | 'unknown';
  readonly containersStarted: readonly string[] | 'unknown';
  readonly containersStopped: readonly string[] | 'unknown';
  /** The status that the update ended with; 'unknown' while it has not, or when it was not heard. */
  readonly finalStatus: string;
}

export interface VerdictLine {
  readonly what: 'Transition' | 'Restarted' | 'Started' | 'Stopped' | 'End';
  readonly forecast: string;
  readonly actual: string;
  readonly agrees: 'yes' | 'no' | 'not-observed';
  readonly word: 'as forecast' | 'differs' | 'not observed';
}

/**
 * The forecast held against what happened, line by line. After a failure the device reboots to roll back, and after a refusal it never
 * moved: then only the end can be compared.
 */
export function verdict(forecast: ForecastMove, observed: ObservedMove): readonly VerdictLine[] {
  const { outcome } = explain(observed.finalStatus, '');
  const unmoved = unmovedReason(outcome);
  const end = endLine(forecast, observed.finalStatus, outcome);
  if (unmoved !== undefined) return [line('Transition', forecast.transition, unmoved, undefined), end];
  return [transitionLine(forecast, observed), ...containerLines(forecast, observed), end];
}

function unmovedReason(outcome: ReturnType<typeof explain>['outcome']): string | undefined {
  switch (outcome) {
    case 'failed':
      return 'rolled back';
    case 'refused':
      return 'refused before it began';
    case 'cancelled':
      return 'cancelled before it began';
    case 'checkpoint':
    case 'stable':
    case 'none':
      return undefined;
  }
}

function transitionLine(forecast: ForecastMove, { rebooted }: ObservedMove): VerdictLine {
  if (rebooted === 'unknown') return line('Transition', forecast.transition, 'not observed', undefined);
  const actual = rebooted ? 'reboot' : 'non-reboot';
  return line('Transition', forecast.transition, actual, actual === forecast.transition);
}

/** On a reboot everything restarts, so there is nothing to compare container by container. */
function containerLines(forecast: ForecastMove, observed: ObservedMove): readonly VerdictLine[] {
  if (forecast.transition === 'reboot' || observed.rebooted === true) return [];
  const lines = [namesLine('Restarted', forecast.restarts, observed.containersRestarted)];
  if (worthALine(forecast.starts, observed.containersStarted)) {
    lines.push(namesLine('Started', forecast.starts, observed.containersStarted));
  }
  if (worthALine(forecast.stops, observed.containersStopped)) {
    lines.push(namesLine('Stopped', forecast.stops, observed.containersStopped));
  }
  return lines;
}

function worthALine(forecast: readonly string[], observed: readonly string[] | 'unknown'): boolean {
  return forecast.length > 0 || (observed !== 'unknown' && observed.length > 0);
}

function namesLine(what: VerdictLine['what'], forecast: readonly string[], observed: readonly string[] | 'unknown'): VerdictLine {
  if (observed === 'unknown') return line(what, names(forecast), 'not observed', undefined);
  return line(what, names(forecast), names(observed), names(forecast) === names(observed));
}

function names(containers: readonly string[]): string {
  return containers.length === 0 ? 'none' : [...new Set(containers)].sort().join(', ');
}

function endLine(forecast: ForecastMove, finalStatus: string, outcome: ReturnType<typeof explain>['outcome']): VerdictLine {
  const expected = forecast.checkpoint ? 'DONE' : 'UPDATED';
  if (outcome === 'none') return line('End', expected, 'not observed', undefined);
  return line('End', expected, finalStatus, finalStatus === expected);
}

function line(what: VerdictLine['what'], forecast: string, actual: string, agrees: boolean | undefined): VerdictLine {
  if (agrees === undefined) return { what, forecast, actual, agrees: 'not-observed', word: 'not observed' };
  return agrees
    ? { what, forecast, actual, agrees: 'yes', word: 'as forecast' }
    : { what, forecast, actual, agrees: 'no', word: 'differs' };
}
