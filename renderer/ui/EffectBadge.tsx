import type { ReactNode } from 'react';
import { MeaningBadge } from './MeaningBadge.tsx';

export type Effect = 'reboot' | 'restart' | 'none';

/** What a change does: reboot, restart, or no effect. With children it names the thing that has the effect. */
export function EffectBadge({ effect, children, title }: { effect: Effect; children?: ReactNode; title?: string }) {
  return (
    <MeaningBadge meaning={effect} title={title ?? ''}>
      {children}
    </MeaningBadge>
  );
}
