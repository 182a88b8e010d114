import { DeviceId, DraftId } from '../../../../shared/contract/ids.ts';

/** What one side of a comparison names: a revision of a device (`current` for the running one), or a draft. */
export type SideRef =
  | { readonly kind: 'revision'; readonly deviceId: DeviceId; readonly revision: string }
  | { readonly kind: 'draft'; readonly draftId: DraftId }
  | { readonly kind: 'unreadable' };

const draftPrefix = 'draft:';
const devicePrefix = 'device:';

/** The name of the running revision in an address. */
export const runningNow = 'current';

/**
 * Reads a side of an address: a revision's name, `current`, `draft:ID`, or `device:ID:REVISION` for one of another device than `home`,
 * the device that the address is about. A revision's name may hold a colon.
 */
export function parseSide(home: DeviceId, side: string): SideRef {
  if (side.startsWith(draftPrefix)) {
    const draftId = DraftId.safeParse(side.slice(draftPrefix.length));
    return draftId.success ? { kind: 'draft', draftId: draftId.data } : { kind: 'unreadable' };
  }
  if (!side.startsWith(devicePrefix)) {
    return side === '' ? { kind: 'unreadable' } : { kind: 'revision', deviceId: home, revision: side };
  }
  const [id, ...revision] = side.slice(devicePrefix.length).split(':');
  const deviceId = DeviceId.safeParse(id);
  const name = revision.join(':');
  return deviceId.success && name !== '' ? { kind: 'revision', deviceId: deviceId.data, revision: name } : { kind: 'unreadable' };
}

/** A revision as it stands in an address about `home`. */
export function revisionSide(home: DeviceId, deviceId: DeviceId, revision: string): string {
  return deviceId === home ? revision : `${devicePrefix}${deviceId}:${revision}`;
}

export function draftSide(draftId: DraftId): string {
  return `${draftPrefix}${draftId}`;
}
