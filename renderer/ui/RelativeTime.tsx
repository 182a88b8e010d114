import { Tooltip } from '@mantine/core';
import { useNow } from '../stores/now.ts';
import { ago, exactTime, shortSpan } from './age.ts';

interface RelativeTimeProps {
  readonly at: number;
  /** Leaves the word "ago" out. */
  readonly bare?: boolean;
  /** The keyboard can reach it, and reads the exact time then; for one that stands alone, not for each row of a list. */
  readonly focusable?: boolean;
}

/** How long ago an instant was; the exact time is on hover, and on focus. */
export function RelativeTime({ at, bare = false, focusable = false }: RelativeTimeProps) {
  const now = useNow();
  const text = bare ? shortSpan(now - at) : ago(at, now);
  const exact = exactTime(at);
  const shared = { dateTime: new Date(at).toISOString(), style: { fontVariantNumeric: 'tabular-nums' } } as const;
  if (!focusable) {
    return (
      <time {...shared} title={exact}>
        {text}
      </time>
    );
  }
  return (
    <Tooltip label={exact} events={{ hover: true, focus: true, touch: true }}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the exact time is shown on focus */}
      <time {...shared} tabIndex={0}>
        {text}
      </time>
    </Tooltip>
  );
}
