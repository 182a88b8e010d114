import type { EffectivePolicy } from '../../../shared/state/containers.ts';
import { strings } from '../../strings/draft.ts';

/** Where a restart policy in effect comes from, in words. */
export function originOf(policy: EffectivePolicy): string {
  switch (policy.from) {
    case 'own':
      return strings.fromOwn;
    case 'group':
      return strings.fromGroup(policy.group ?? '');
    case 'default':
      return strings.fromDefault;
  }
}
