import { knownProblem, TrailbossError } from '../../shared/contract/errors.ts';
import type { SeriesId } from '../../shared/contract/ids.ts';
import type { ForecastRecord } from '../../shared/contract/update.ts';
import { hubNumber } from '../../shared/state/ids.ts';
import type { StateDocument } from '../../shared/state/state.ts';
import type { DeviceWatch } from '../fleet/device-watch.ts';
import type { Fleet } from '../fleet/fleet.ts';
import type { ObjectStore } from '../storage/objects.ts';
import type { ChangeTexts, ItemJournal, SeriesJournal } from '../storage/series.ts';
import { directionsOf, runsLocally, suggestedDirection } from './directions.ts';
import { type Drafts, stateOf } from './drafts.ts';
import { forecastRecord } from './forecast-record.ts';
import { hubText } from './hub-post.ts';
import { type MissingObjects, objectNamesIn, objectsOf } from './missing-objects.ts';
import { outlookOf } from './outlook.ts';
import { applyChange, applyPolicies, changedKeys } from './series-change.ts';
import { notAState, objectsMissing } from './series-problems.ts';
import type { States } from './states.ts';

export interface PreparePorts {
  readonly fleet: Fleet;
  readonly states: States;
  readonly drafts: Drafts;
  readonly objects: ObjectStore;
}

/** What came of preparing a device, in place of what was there before. */
export type Prepared = Pick<ItemJournal, 'state' | 'draftId' | 'base' | 'keys' | 'conflicts' | 'forecast' | 'absent' | 'problem'>;

interface Change {
  readonly journal: SeriesJournal;
  readonly texts: ChangeTexts | undefined;
}

/**
 * Reads what a device runs, takes the change to it, and makes a draft of that. Fails only when the signal ends it; what goes wrong on
 * the device's side is the item's problem.
 */
export async function prepareItem(
  ports: PreparePorts,
  change: Change,
  item: ItemJournal,
  signal: AbortSignal,
): Promise<Prepared> {
  try {
    return await prepared(ports, change, item, signal);
  } catch (error) {
    if (signal.aborted || !(error instanceof TrailbossError)) throw error;
    return { state: 'problem', keys: [], conflicts: [], absent: [], problem: knownProblem(error) };
  }
}

async function prepared(
  ports: PreparePorts,
  { journal, texts }: Change,
  item: ItemJournal,
  signal: AbortSignal,
): Promise<Prepared> {
  const watch = ports.fleet.device(item.deviceId);
  const base = await ports.states.read(item.deviceId, 'current', signal);
  const running = stateOf(base.text);
  const applied =
    texts === undefined
      ? applyPolicies(running, item.policies)
      : applyChange(stateOf(texts.base), stateOf(texts.text), running, item.sides);
  const absent = [...applied.absent];
  switch (applied.kind) {
    case 'refused':
      throw notAState(applied.reason);
    case 'unchanged':
      return { state: 'unchanged', base: base.revision, keys: [], conflicts: [], absent };
    case 'conflict':
      return { state: 'conflict', base: base.revision, keys: [], conflicts: [...applied.conflicts], absent };
    case 'changed': {
      const { state } = applied;
      const missing = await lackedByAll(watch, ports.objects, running, state, signal);
      if (missing.length > 0) throw objectsMissing(missing);
      const forecast = await forecastOf(ports.states, watch, base, state.text, signal);
      const draftId = makeDraft(ports.drafts, journal, item, base, state);
      const keys = [...changedKeys(running, state)];
      return { state: 'ready', draftId, base: base.revision, keys, conflicts: [], absent, forecast };
    }
  }
}

function makeDraft(
  drafts: Drafts,
  { change, title, id }: { readonly change: SeriesJournal['change']; readonly title: string; readonly id: SeriesId },
  { deviceId }: ItemJournal,
  base: { readonly revision: string; readonly text: string },
  state: StateDocument,
): NonNullable<ItemJournal['draftId']> {
  const wanted = new Set<string>(objectsOf(state).keys());
  const carried = change.kind === 'draft' ? change.objects : [];
  const objects = carried.filter(({ sha }) => wanted.has(sha));
  return drafts.createWith({ deviceId, base, text: state.text, objects, title, seriesId: id }).id;
}

/** What posting would do on this device, over the way that it would be posted. */
export async function forecastOf(
  states: States,
  watch: DeviceWatch,
  base: { readonly revision: string; readonly text: string },
  next: string,
  signal: AbortSignal,
): Promise<ForecastRecord> {
  const cameLocally = runsLocally(watch) || hubNumber(base.revision) === undefined;
  const { via } = suggestedDirection(directionsOf(watch), cameLocally);
  const text = via === 'hub' ? hubText(next) : next;
  try {
    const { forecast } = await outlookOf(watch, states, { via, text }, signal);
    if (forecast) return forecast;
  } catch (error) {
    if (signal.aborted || !(error instanceof TrailbossError)) throw error;
  }
  return forecastRecord(base.text, text, []);
}

/** Objects that come new with the change, and that neither this computer nor the device has as far as it can be asked. */
async function lackedByAll(
  { link }: DeviceWatch,
  store: ObjectStore,
  running: StateDocument,
  next: StateDocument,
  signal: AbortSignal,
): Promise<MissingObjects['nobodyHas']> {
  const had = objectNamesIn(running.text);
  const unseen = [];
  for (const [sha, key] of objectsOf(next)) {
    if (!had.has(sha) && (await store.size(sha)) === undefined) unseen.push({ sha, key });
  }
  if (unseen.length === 0) return [];
  const told = await link.missingObjects(
    unseen.map(({ sha }) => sha),
    signal,
  );
  const lacking = [];
  for (const one of unseen) {
    if (told && !told.has(one.sha)) continue;
    // The other side of the same device may have it.
    if ((await link.objectSize(one.sha, signal)) === undefined) lacking.push(one);
  }
  return lacking;
}
