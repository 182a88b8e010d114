import { skipToken } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { DraftSummary } from '../../../../shared/contract/draft.ts';
import type { DeviceId } from '../../../../shared/contract/ids.ts';
import { orpc, useLive } from '../../../rpc.ts';
import { useFleet } from '../../fleet/useFleet.ts';
import { type ChoiceGroup, checkoutChoices, choicesOf, deviceChoices } from './sideChoices.ts';

/** Where somebody is who chooses a side: among what one device offers, among the devices, or among the pvr checkouts. */
export type PickerPlace =
  | { readonly kind: 'device'; readonly id: DeviceId }
  | { readonly kind: 'devices' }
  | { readonly kind: 'checkouts' };

const noDrafts: readonly DraftSummary[] = [];
const noGroups: readonly ChoiceGroup[] = [];

/** What can be chosen there. A device's timeline is read only while somebody looks at it. */
export function useSideChoices(
  home: DeviceId | undefined,
  place: PickerPlace,
  search: string,
  opened: boolean,
): { readonly groups: readonly ChoiceGroup[]; readonly reading: boolean } {
  const asked = opened && place.kind === 'device' ? place.id : undefined;
  const timeline = useLive(orpc.device.timeline, asked === undefined ? skipToken : { id: asked });
  const drafts = useLive(orpc.draft.list, asked === undefined ? skipToken : { deviceId: asked }).data ?? noDrafts;
  const devices = useFleet().data?.devices;
  const running = asked === undefined ? undefined : devices?.get(asked)?.running?.revision;
  const checkouts = useLive(orpc.checkout.list, opened && place.kind === 'checkouts' ? undefined : skipToken).data;
  const groups = useMemo(() => {
    if (!opened) return noGroups;
    if (place.kind === 'checkouts') return checkoutChoices(checkouts ?? [], search);
    if (place.kind === 'devices') return deviceChoices(devices?.values() ?? [], home, search);
    return choicesOf({ home, device: place.id, running, timeline: timeline.data, drafts }, search);
  }, [opened, place, devices, home, search, running, timeline.data, drafts, checkouts]);
  return { groups, reading: asked !== undefined && timeline.data === undefined && timeline.error === null };
}
