import { type Container, containersOf, type EffectivePolicy } from './containers.ts';
import type { StateDocument } from './state.ts';

/** What a change of a container's restart policy or group means, for the table where it is made. */
export interface FlipConsequences {
  readonly container: string;
  /** Undefined where the container is not in that state. */
  readonly before: EffectivePolicy | undefined;
  readonly after: EffectivePolicy | undefined;
  /** What this container's run.json alone does when the state is posted; other changes can add to it. */
  readonly now: { readonly effect: 'none' | 'restart' | 'reboot'; readonly words: string };
  /** What a later change to one of the container's files will do. */
  readonly later: { readonly effect: 'restart' | 'reboot' | 'gone'; readonly words: string };
}

/**
 * What moving from the running state to the next one does because of this container's run.json, and what changes to the container
 * do after that. Either side being `system` reboots, so a flip reboots once in either direction (pantavisor state.c,
 * pv_state_platform_requires_reboot). The whole verdict on a state is shared/forecast's.
 */
export function flipConsequences(running: StateDocument, next: StateDocument, containerName: string): FlipConsequences {
  const before = containerIn(running, containerName);
  const after = containerIn(next, containerName);
  return {
    container: containerName,
    before: before?.restartPolicy,
    after: after?.restartPolicy,
    now: effectNow(running, next, before, after),
    later: effectLater(containerName, after),
  };
}

function effectNow(
  running: StateDocument,
  next: StateDocument,
  before: Container | undefined,
  after: Container | undefined,
): FlipConsequences['now'] {
  const textBefore = before === undefined ? undefined : running.byKey.get(before.runKey)?.raw;
  const textAfter = after === undefined ? undefined : next.byKey.get(after.runKey)?.raw;
  if (textBefore === textAfter) return { effect: 'none', words: 'Its run.json stays as it is: nothing happens because of it.' };
  if (before?.restartPolicy.policy === 'system' || after?.restartPolicy.policy === 'system') {
    return { effect: 'reboot', words: rebootWords(before, after) };
  }
  return { effect: 'restart', words: 'Only this container is stopped and started; the board does not reboot.' };
}

function rebootWords(before: Container | undefined, after: Container | undefined): string {
  const was = before?.restartPolicy.policy;
  const becomes = after?.restartPolicy.policy;
  if (was !== undefined && becomes !== undefined && was !== becomes) {
    return `The board reboots once: a change of run.json counts for both policies, and one of them is system (${was} → ${becomes}).`;
  }
  return 'The board reboots once: the container has restart policy system.';
}

function effectLater(name: string, after: Container | undefined): FlipConsequences['later'] {
  if (after === undefined) return { effect: 'gone', words: `${name} is not in the state any more.` };
  if (after.restartPolicy.policy === 'container') {
    return {
      effect: 'restart',
      words: `A later change to ${name} restarts only ${name}. Such a revision ends UPDATED and becomes a checkpoint at the next reboot.`,
    };
  }
  return { effect: 'reboot', words: `A later change to ${name} reboots the board. Such a revision ends DONE, a checkpoint.` };
}

function containerIn(state: StateDocument, name: string): Container | undefined {
  return containersOf(state).find((container) => container.name === name);
}
