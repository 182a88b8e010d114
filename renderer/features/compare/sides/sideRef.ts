import { CheckoutId, DeviceId, DraftId } from '../../../../shared/contract/ids.ts';

/** Which of a checkout's two states: its files as they stand in the folder, or what was committed. */
export type CheckoutState = 'working' | 'commit';

/**
 * What one side of a comparison names: a revision of a device (`current` for the running one), a draft, a pvr checkout's files or its
 * commit, or an export on this computer.
 */
export type SideRef =
  | { readonly kind: 'revision'; readonly deviceId: DeviceId; readonly revision: string }
  | { readonly kind: 'draft'; readonly draftId: DraftId }
  | { readonly kind: 'checkout'; readonly id: CheckoutId; readonly which: CheckoutState }
  | { readonly kind: 'export'; readonly path: string }
  | { readonly kind: 'unreadable' };

const draftPrefix = 'draft:';
const devicePrefix = 'device:';
const checkoutPrefix = 'checkout:';
const exportPrefix = 'export:';
const unreadable: SideRef = { kind: 'unreadable' };

/** The name of the running revision in an address. */
export const runningNow = 'current';

/**
 * Reads a side of an address: a revision's name, `current`, `draft:ID`, `device:ID:REVISION` for one of another device than `home`,
 * the device that the address is about, `checkout:ID:working`, `checkout:ID:commit` or `export:PATH`. A revision's name and a path may
 * hold a colon. An address that is about no device has no revisions without a device.
 */
export function parseSide(home: DeviceId | undefined, side: string): SideRef {
  if (side.startsWith(draftPrefix)) {
    const draftId = DraftId.safeParse(side.slice(draftPrefix.length));
    return draftId.success ? { kind: 'draft', draftId: draftId.data } : unreadable;
  }
  if (side.startsWith(checkoutPrefix)) {
    const [, text = '', which] = /^checkout:(.+):(working|commit)$/.exec(side) ?? [];
    const id = CheckoutId.safeParse(text);
    return id.success && (which === 'working' || which === 'commit') ? { kind: 'checkout', id: id.data, which } : unreadable;
  }
  if (side.startsWith(exportPrefix)) {
    const path = side.slice(exportPrefix.length);
    return path === '' ? unreadable : { kind: 'export', path };
  }
  if (!side.startsWith(devicePrefix)) {
    return side === '' || home === undefined ? unreadable : { kind: 'revision', deviceId: home, revision: side };
  }
  const [id, ...revision] = side.slice(devicePrefix.length).split(':');
  const deviceId = DeviceId.safeParse(id);
  const name = revision.join(':');
  return deviceId.success && name !== '' ? { kind: 'revision', deviceId: deviceId.data, revision: name } : unreadable;
}

/** A revision as it stands in an address about `home`. */
export function revisionSide(home: DeviceId | undefined, deviceId: DeviceId, revision: string): string {
  return deviceId === home ? revision : `${devicePrefix}${deviceId}:${revision}`;
}

export function draftSide(draftId: DraftId): string {
  return `${draftPrefix}${draftId}`;
}

export function checkoutSide(id: CheckoutId, which: CheckoutState): string {
  return `${checkoutPrefix}${id}:${which}`;
}

/** @param path of an export on this computer */
export function exportSide(path: string): string {
  return `${exportPrefix}${path}`;
}

/** The last name of a path on this computer, whichever way its folders are divided. */
export function lastName(path: string): string {
  return path.split(/[/\\]/).findLast((name) => name !== '') ?? path;
}
