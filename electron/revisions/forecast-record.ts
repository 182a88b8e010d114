import type { ForecastRecord } from '../../shared/contract/update.ts';
import { forecast } from '../../shared/forecast/index.ts';

/** What moving from the running state to the next would do, in the form that is kept with an update. */
export function forecastRecord(running: string, next: string, sinceBoot: readonly string[]): ForecastRecord {
  const result = forecast(running, next, { sinceBoot });
  if (result.kind !== 'move') return result;
  const { kind, transition, restarts, starts, stops, checkpoint, changes } = result;
  const deciding = transition === 'reboot' ? 'reboot' : 'restart';
  return {
    kind,
    transition,
    restarts: [...restarts],
    starts: [...starts],
    stops: [...stops],
    checkpoint,
    reasons: changes
      .filter((change) => change.effect === deciding)
      .map((change) => ({ key: change.key, rule: change.rule.text })),
  };
}
