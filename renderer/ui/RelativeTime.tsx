import { useNow } from '../stores/now.ts';
import { ago, exactTime, shortSpan } from './age.ts';

/** How long ago an instant was; the exact time is on hover. `bare` leaves the word "ago" out. */
export function RelativeTime({ at, bare = false }: { at: number; bare?: boolean }) {
  const now = useNow();
  return (
    <time dateTime={new Date(at).toISOString()} title={exactTime(at)} style={{ fontVariantNumeric: 'tabular-nums' }}>
      {bare ? shortSpan(now - at) : ago(at, now)}
    </time>
  );
}
