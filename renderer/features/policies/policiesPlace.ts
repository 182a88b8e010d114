import { create } from 'zustand';
import type { PolicyKind } from './policyTable.ts';

interface Look {
  readonly filter: string;
  readonly containers: string;
  readonly kind: PolicyKind;
  readonly grouped: boolean;
}

interface PoliciesPlace extends Look {
  /** Groups that are expanded. */
  readonly open: ReadonlySet<string>;
  set(change: Partial<Look>): void;
  toggle(group: string): void;
}

/** Where the person was on the screen of policies: they come back from a series, or from a device. */
export const usePoliciesPlace = create<PoliciesPlace>()((set) => ({
  filter: '',
  containers: '',
  kind: 'all',
  grouped: true,
  open: new Set(),
  set: (change) => set(change),
  toggle: (group) =>
    set(({ open }) => {
      const next = new Set(open);
      if (!next.delete(group)) next.add(group);
      return { open: next };
    }),
}));
