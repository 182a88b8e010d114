import { MeaningBadge } from './MeaningBadge.tsx';
import { meaningOfStatus } from './revisionStatus.ts';

/** A revision's status in the device's own word, with the icon and colour of what it means. */
export function StatusBadge({ status, message }: { status: string; message?: string | undefined }) {
  return (
    <MeaningBadge meaning={meaningOfStatus(status)} {...(message === undefined ? {} : { title: message })}>
      {status === '' ? 'unknown' : status}
    </MeaningBadge>
  );
}
