import { compareStates } from '../../shared/compare/compare.ts';
import type { OwnPolicy } from '../../shared/state/containers.ts';
import { partLabel } from '../../shared/state/parts.ts';
import type { StateDocument } from '../../shared/state/state.ts';

/** What a series is called that takes a draft's change to others, where the draft has no name. */
export function titleOfChange(base: StateDocument, mine: StateDocument, device: string): string {
  const parts = compareStates(base, mine).parts.map(({ part }) => (part.kind === 'root' ? 'settings' : partLabel(part)));
  return `${listed(parts)} as on ${device}`;
}

/** The same for one that sets restart policies. */
export function titleOfPolicies(changes: readonly { readonly container: string; readonly policy: OwnPolicy }[]): string {
  const containers = [...new Set(changes.map(({ container }) => container))];
  const policies = [...new Set(changes.map(({ policy }) => policy))];
  const [policy] = policies;
  if (policies.length !== 1 || policy === undefined) return `Restart policies of ${listed(containers)}`;
  return policy === 'inherit'
    ? `Restart policy of ${listed(containers)} inherited`
    : `Restart policy ${policy} for ${listed(containers)}`;
}

function listed(names: readonly string[]): string {
  if (names.length > 3) return `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
  return names.length === 0 ? 'nothing' : [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' and ');
}
