import type { UpdateView } from '../../../shared/contract/update.ts';

/** An update as the list has it. */
export type ListedUpdate = Pick<
  UpdateView,
  'id' | 'deviceId' | 'kind' | 'revision' | 'phase' | 'stalled' | 'problem' | 'outcome'
>;

/** Why a person should look at an update. */
export type AlertKind = 'stalled' | 'failed' | 'refused' | 'unknown' | 'interrupted';

/** What was known of each update's need for a person, by its id; `undefined` as a value: none. */
export type AlertsKnown = ReadonlyMap<string, AlertKind | undefined>;

export interface UpdateAlert {
  readonly kind: AlertKind;
  readonly update: ListedUpdate;
}

function alertOf(update: ListedUpdate): AlertKind | undefined {
  if (update.phase === 'interrupted') return update.problem === undefined ? undefined : 'interrupted';
  if (update.phase === 'ended') {
    const result = update.outcome?.result;
    return result === 'failed' || result === 'refused' || result === 'unknown' ? result : undefined;
  }
  return update.phase !== 'cancelled' && update.stalled !== undefined ? 'stalled' : undefined;
}

/**
 * What is new to say about the updates since the last look. The first look says nothing of what was over before; an update that is
 * stuck then is told. One that moves on and stops again is told again.
 */
export function newAlerts(
  known: AlertsKnown | undefined,
  updates: readonly ListedUpdate[],
): { readonly known: AlertsKnown; readonly alerts: readonly UpdateAlert[] } {
  const next = new Map<string, AlertKind | undefined>();
  const alerts: UpdateAlert[] = [];
  for (const update of updates) {
    const kind = alertOf(update);
    next.set(update.id, kind);
    if (kind === undefined || known?.get(update.id) === kind) continue;
    if (known === undefined && update.phase === 'ended') continue;
    alerts.push({ kind, update });
  }
  return { known: next, alerts };
}
