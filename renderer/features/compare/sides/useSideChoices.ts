import { skipToken } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { DraftSummary } from '../../../../shared/contract/draft.ts';
import type { DeviceId } from '../../../../shared/contract/ids.ts';
import { orpc, useLive } from '../../../rpc.ts';
import { useFleet } from '../../fleet/useFleet.ts';
import { type ChoiceGroup, choicesOf, deviceChoices } from './sideChoices.ts';

/** Where somebody is who chooses a side: among what one device offers, or among the devices. */
export type PickerPlace = { readonly kind: 'device'; readonly id: DeviceId } | { readonly kind: 'devices' };

const noDrafts: readonly DraftSummary[] = [];
const noGroups: readonly ChoiceGroup[] = [];

/** What can be chosen there. A device's timeline is read only while somebody looks at it. */
export function useSideChoices(
  home: DeviceId,
  place: PickerPlace,
  search: string,
  opened: boolean,
): { readonly groups: readonly ChoiceGroup[]; readonly reading: boolean } {
  const asked = opened && place.kind === 'device' ? place.id : undefined;
  const timeline = useLive(orpc.device.timeline, asked === undefined ? skipToken : { id: asked });
  const drafts = useLive(orpc.draft.list, asked === undefined ? skipToken : { deviceId: asked }).data ?? noDrafts;
  const devices = useFleet().data?.devices;
  const running = asked === undefined ? undefined : devices?.get(asked)?.running?.revision;
  const groups = useMemo(() => {
    if (!opened) return noGroups;
    if (place.kind === 'devices') return deviceChoices(devices?.values() ?? [], home, search);
    return choicesOf({ home, device: place.id, running, timeline: timeline.data, drafts }, search);
  }, [opened, place, devices, home, search, running, timeline.data, drafts]);
  return { groups, reading: asked !== undefined && timeline.data === undefined && timeline.error === null };
}
