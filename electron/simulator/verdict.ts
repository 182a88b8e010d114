/** What the device will make of a state: the one place where the simulator asks. */
import { containersOf } from '../../shared/state/containers.ts';
import { parseState, type StateDocument } from '../../shared/state/state.ts';

export type Verdict =
  | { readonly kind: 'refused' }
  | { readonly kind: 'crash' }
  | {
      readonly kind: 'move';
      readonly transition: 'reboot' | 'non-reboot';
      readonly restarts: readonly string[];
      readonly stops: readonly string[];
    };

/** @param sinceBoot state texts that the device went through without a reboot since it booted, oldest first. */
export function verdictOf(running: string, next: string, _sinceBoot: readonly string[]): Verdict {
  const before = parseState(running);
  const after = parseState(next);
  if (!before.ok || !after.ok) return { kind: 'refused' };
  const touched = changedOwners(before.state, after.state);
  const policies = new Map(
    [...containersOf(after.state), ...containersOf(before.state)].map((each) => [each.name, each.restartPolicy.policy]),
  );
  const reboot = [...touched].some((owner) => policies.get(owner) !== 'container');
  const kept = new Set(containersOf(after.state).map((each) => each.name));
  const running_ = containersOf(before.state).map((each) => each.name);
  const affected = reboot ? [] : running_.filter((name) => touched.has(name));
  return {
    kind: 'move',
    transition: reboot ? 'reboot' : 'non-reboot',
    restarts: affected.filter((name) => kept.has(name)),
    stops: affected.filter((name) => !kept.has(name)),
  };
}

/** Whether the parser behind `PUT /steps` takes this text. */
export function isAccepted(text: string): 'yes' | 'no' | 'crash' {
  const parsed = parseState(text);
  return parsed.ok && parsed.state.spec === 'pantavisor-service-system@1' ? 'yes' : 'no';
}

function changedOwners(before: StateDocument, after: StateDocument): ReadonlySet<string> {
  const owners = new Set<string>();
  for (const key of new Set([...before.byKey.keys(), ...after.byKey.keys()])) {
    if (key.startsWith('_sigs/') || /\/(src|build)\.json$/.test(key)) continue;
    if (before.byKey.get(key)?.raw === after.byKey.get(key)?.raw) continue;
    owners.add(key.startsWith('_config/') ? (key.split('/')[1] ?? '') : (key.split('/')[0] ?? ''));
  }
  return owners;
}
