import type { ChangeEffect, Forecast } from '../../../shared/forecast/index.ts';
import type { StateDocument } from '../../../shared/state/state.ts';
import { resolved } from '../compare/entries.ts';

/** Entries that nobody edited and that the hub writes in another form, with the strongest effect that this has on the device. */
export interface HubFormatting {
  readonly keys: readonly string[];
  readonly effect: ChangeEffect;
}

const strength: readonly ChangeEffect[] = ['none', 'restart', 'reboot'];

/**
 * What posting over the hub changes by its form of JSON alone. The device compares texts, so that a moved space counts.
 * @param forecast from what runs to what the hub hands out
 */
export function hubFormatting(
  forecast: Forecast | undefined,
  running: StateDocument | undefined,
  draft: StateDocument | undefined,
): HubFormatting | undefined {
  if (forecast?.kind !== 'move' || running === undefined || draft === undefined) return undefined;
  const changed = forecast.changes.filter(({ kind, key }) => {
    if (kind !== 'formatting-only') return false;
    const name = resolved(key);
    return running.byKey.get(name)?.raw === draft.byKey.get(name)?.raw;
  });
  if (changed.length === 0) return undefined;
  const effect = changed.reduce<ChangeEffect>(
    (strongest, change) => (strength.indexOf(change.effect) > strength.indexOf(strongest) ? change.effect : strongest),
    'none',
  );
  return { keys: changed.map(({ key }) => resolved(key)), effect };
}
