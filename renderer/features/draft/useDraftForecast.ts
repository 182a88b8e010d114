import { skipToken, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { DeviceDetail } from '../../../shared/contract/device.ts';
import type { Draft } from '../../../shared/contract/draft.ts';
import type { CheckpointFallback } from '../../../shared/forecast/sentence.ts';
import { parseState, type StateDocument } from '../../../shared/state/state.ts';
import { orpc, useLive } from '../../rpc.ts';
import { strings as compareStrings } from '../../strings/compare.ts';
import { strings } from '../../strings/draft.ts';
import { fallbackOf } from '../compare/fallback.ts';
import { type ForecastView, useForecast } from '../compare/forecast/useForecast.ts';
import { useSinceBoot } from '../compare/forecast/useSinceBoot.ts';
import { rebaseTarget } from './rebase/target.ts';

export interface DraftForecast {
  readonly view: ForecastView;
  readonly device: DeviceDetail | undefined;
  readonly fallback: CheckpointFallback | undefined;
  /** A reservation about the forecast, as a sentence. */
  readonly note: string | undefined;
  /** The state that the device moves from, where it is not the draft's base. */
  readonly running: StateDocument | undefined;
  /** The revision that the draft can be moved onto, because it was posted or runs since the draft was begun. */
  readonly movedTo: string | undefined;
}

/**
 * What moving from what runs now to the draft will do. The base is taken for it until the device tells another.
 * @param posted the text that the device gets, where it is not the draft's own
 */
export function useDraftForecast(draft: Draft | undefined, posted: string | undefined = draft?.text): DraftForecast {
  const target = draft === undefined ? skipToken : { id: draft.deviceId };
  const device = useLive(orpc.device.watch, target).data;
  const timeline = useLive(orpc.device.timeline, target).data;
  const revision = device?.summary.running?.revision;
  const moved = draft !== undefined && revision !== undefined && revision !== draft.base.revision;
  const state = useQuery(
    orpc.device.state.queryOptions({ input: moved ? { id: draft.deviceId, revision } : skipToken, staleTime: 30_000 }),
  );
  // A base without a name was what ran when the draft was begun: it stands in until the device has told its text under its name.
  const nameless = draft?.base.revision === 'current' ? draft.base.text : undefined;
  const from = moved ? (state.data?.text ?? nameless) : draft?.base.text;
  const sinceBoot = useSinceBoot(device, true);
  const view = useForecast(from, posted, sinceBoot.texts);
  const running = useMemo(() => {
    const parsed = from === undefined ? undefined : parseState(from);
    return parsed?.ok ? parsed.state : undefined;
  }, [from]);
  // A base whose name was not known when the draft was begun (`current`) is what runs as long as both say the same.
  const isElsewhere = moved && state.data !== undefined && state.data.text !== draft.base.text;
  const notes = [
    ...(isElsewhere ? [strings.baseMoved(revision, draft.base.revision)] : []),
    ...(sinceBoot.complete || sinceBoot.loading ? [] : [compareStrings.sinceBootUnknown]),
  ];
  const note = notes.length === 0 ? undefined : notes.join(' ');
  const isSame = draft === undefined || (draft.base.revision === 'current' && !isElsewhere);
  const movedTo = isSame ? undefined : rebaseTarget(draft.base.revision, revision, timeline);
  return { view, device, fallback: fallbackOf(device, timeline), note, running, movedTo };
}
