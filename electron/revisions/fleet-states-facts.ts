import type { ContainerPolicy } from '../../shared/contract/states.ts';
import { stateSha } from '../../shared/state/canonical.ts';
import { containersOf } from '../../shared/state/containers.ts';
import { parseState, type StateDocument } from '../../shared/state/state.ts';
import type { RevisionStore } from '../storage/revisions.ts';

/** What is kept of a state that some device runs, instead of its text. */
export interface StateFacts {
  /** The canonical state sha; the text's own hash where it has no canonical form. */
  readonly sha: string;
  /** Sorted by container. States under the same policies have the very same list. */
  readonly policies: readonly ContainerPolicy[];
}

/** Undefined for a text that is no state. `lists` has the lists of policies that were found so far. */
export function readFacts(
  text: string,
  hash: string,
  store: Pick<RevisionStore, 'shaOf' | 'keepSha'>,
  lists: Map<string, readonly ContainerPolicy[]>,
): StateFacts | undefined {
  const parsed = parseState(text);
  if (!parsed.ok) return undefined;
  const policies = policiesOf(parsed.state);
  const key = JSON.stringify(policies);
  const list = lists.get(key) ?? policies;
  lists.set(key, list);
  return { sha: knownSha(text, hash, store), policies: list };
}

/** The policy that holds for each container, and where it comes from (shared/state/containers.ts). */
export function policiesOf(state: StateDocument): readonly ContainerPolicy[] {
  return containersOf(state)
    .map(({ name, restartPolicy: { policy, from, group } }) => ({
      container: name,
      policy,
      origin: from,
      ...(group !== undefined && { group }),
    }))
    .sort((a, b) => (a.container < b.container ? -1 : a.container > b.container ? 1 : 0));
}

function knownSha(text: string, hash: string, store: Pick<RevisionStore, 'shaOf' | 'keepSha'>): string {
  const known = store.shaOf(hash);
  if (known !== undefined) return known;
  try {
    const sha = stateSha(text);
    store.keepSha(hash, sha);
    return sha;
  } catch {
    return hash;
  }
}
