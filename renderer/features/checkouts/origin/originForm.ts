import { StateOrigin } from '../../../../shared/contract/checkout.ts';
import { lastName } from '../../compare/sides/sideRef.ts';

export const originKinds = ['device', 'reference', 'export', 'checkout'] as const;
export type OriginKind = (typeof originKinds)[number];

/** Where a state comes from as it is filled in: what was typed for one kind stays while another is looked at. */
export interface OriginForm {
  readonly kind: OriginKind;
  readonly deviceId: string;
  /** Empty for what runs. */
  readonly revision: string;
  readonly reference: string;
  readonly path: string;
  readonly checkoutId: string;
  readonly fragment: string;
  readonly exactCli: boolean;
}

const blank: OriginForm = {
  kind: 'device',
  deviceId: '',
  revision: '',
  reference: '',
  path: '',
  checkoutId: '',
  fragment: '',
  exactCli: false,
};

/** The form for an origin that is known, or an empty one. */
export function formOf(origin: StateOrigin | undefined): OriginForm {
  switch (origin?.kind) {
    case undefined:
      return blank;
    case 'device':
      return { ...blank, kind: 'device', deviceId: origin.deviceId, revision: origin.revision };
    case 'reference':
      return { ...blank, kind: 'reference', reference: origin.reference };
    case 'export':
      return { ...blank, kind: 'export', path: origin.path };
    case 'checkout':
      return { ...blank, kind: 'checkout', checkoutId: origin.id };
  }
}

/** The origin that is filled in; undefined while something is missing. */
export function originOf(form: OriginForm): StateOrigin | undefined {
  const { kind, deviceId, revision, reference, path, checkoutId } = form;
  const candidate = {
    device: { kind, deviceId, revision: revision.trim() === '' ? 'current' : revision.trim() },
    reference: { kind, reference },
    export: { kind, path },
    checkout: { kind, id: checkoutId },
  }[kind];
  return StateOrigin.safeParse(candidate).data;
}

/** A name for the folder that it is cloned into: as pvr calls it, the last name of the address, or of what it is here. */
export function folderNameOf(form: OriginForm, nameOf: (form: OriginForm) => string | undefined): string {
  const known = form.kind === 'device' || form.kind === 'checkout' ? nameOf(form) : undefined;
  const text = known ?? (form.kind === 'export' ? form.path : form.reference);
  const [address = ''] = text.split('#');
  const name = lastName(address.trim()).replace(/\.(?:tgz|tar\.gz|tar)$/i, '');
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|-+$/g, '');
}
