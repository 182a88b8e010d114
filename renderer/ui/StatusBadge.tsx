import { MeaningBadge } from './MeaningBadge.tsx';
import { meaningOfStatus } from './revisionStatus.ts';

interface StatusBadgeProps {
  readonly status: string;
  readonly message?: string | undefined;
  /** It was so once, or the device has said nothing since long ago. */
  readonly still?: boolean;
}

/** A revision's status in the device's own word, with the icon and colour of what it means. */
export function StatusBadge({ status, message, still = false }: StatusBadgeProps) {
  return (
    <MeaningBadge meaning={meaningOfStatus(status)} still={still} {...(message === undefined ? {} : { title: message })}>
      {status === '' ? 'unknown' : status}
    </MeaningBadge>
  );
}
