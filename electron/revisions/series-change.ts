import { compareStates } from '../../shared/compare/compare.ts';
import type { RebaseConflict } from '../../shared/contract/draft.ts';
import { containersOf, type OwnPolicy } from '../../shared/state/containers.ts';
import type { Edited } from '../../shared/state/edit.ts';
import { containerFolders } from '../../shared/state/parts.ts';
import { setRestartPolicy } from '../../shared/state/policy.ts';
import { rebase, rebased, type Side } from '../../shared/state/rebase.ts';
import { restoreEntry } from '../../shared/state/restore.ts';
import type { StateDocument } from '../../shared/state/state.ts';

/** What a change makes of the state that a device runs. `absent`: containers of the change that the device does not have. */
export type Applied =
  | { readonly kind: 'changed'; readonly state: StateDocument; readonly absent: readonly string[] }
  | { readonly kind: 'unchanged'; readonly absent: readonly string[] }
  | { readonly kind: 'conflict'; readonly conflicts: readonly RebaseConflict[]; readonly absent: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: string; readonly absent: readonly string[] };

/**
 * Takes what `mine` changed since `base` to a state that another device runs. What it changes in a container that the device does not
 * have is left away: entries of half a container would be no use there. A container that the change brings is new and goes along.
 */
export function applyChange(
  base: StateDocument,
  mine: StateDocument,
  running: StateDocument,
  sides: Readonly<Record<string, Side>>,
): Applied {
  const here = namesIn(running);
  const known = namesIn(base);
  const lacking = compareStates(base, mine).parts.filter(
    ({ part }) => part.kind === 'container' && known.has(part.name) && !here.has(part.name),
  );
  const absent = lacking.flatMap(({ part }) => (part.kind === 'container' ? [part.name] : []));
  let wanted = mine;
  for (const { key } of lacking.flatMap(({ changes }) => changes)) {
    const without = restoreEntry(wanted, base, key);
    if (!without.ok) return { kind: 'refused', reason: without.reason, absent };
    wanted = without.state;
  }
  const open = rebase(base, wanted, running).conflicts.filter(({ key }) => !Object.hasOwn(sides, key));
  if (open.length > 0) return { kind: 'conflict', conflicts: open.map((conflict) => ({ ...conflict })), absent };
  return outcome(rebased(base, wanted, running, sides), running, absent);
}

/** Sets the restart policies of containers by name. One that says so itself already is not written anew: the device compares texts. */
export function applyPolicies(
  running: StateDocument,
  policies: readonly { readonly container: string; readonly policy: OwnPolicy }[],
): Applied {
  const own = new Map(containersOf(running).map(({ name, ownPolicy }) => [name, ownPolicy]));
  const absent = policies.filter(({ container }) => !own.has(container)).map(({ container }) => container);
  let state = running;
  for (const { container, policy } of policies) {
    if (!own.has(container) || own.get(container) === policy) continue;
    const edited = setRestartPolicy(state, container, policy);
    if (!edited.ok) return { kind: 'refused', reason: edited.reason, absent };
    state = edited.state;
  }
  return outcome({ ok: true, state }, running, absent);
}

/** Entries that a draft changes, as the screens list them. */
export function changedKeys(base: StateDocument, next: StateDocument): readonly string[] {
  const { changes, spec } = compareStates(base, next);
  return [...(spec ? ['#spec'] : []), ...changes.map(({ key }) => key)];
}

function outcome(edited: Edited, running: StateDocument, absent: readonly string[]): Applied {
  if (!edited.ok) return { kind: 'refused', reason: edited.reason, absent };
  if (changedKeys(running, edited.state).length === 0) return { kind: 'unchanged', absent };
  return { kind: 'changed', state: edited.state, absent };
}

function namesIn(state: StateDocument): ReadonlySet<string> {
  return new Set(containerFolders(state).values());
}
