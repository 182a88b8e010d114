import { useMemo } from 'react';
import type { Via } from '../../../shared/contract/connection.ts';
import { canonicalize } from '../../../shared/state/canonical.ts';

/**
 * The text that the device gets: as it is in the draft straight to the device, and in canonical form over the hub, which keeps no
 * other. A text that has no canonical form stays as it is: the post will be refused with the reason.
 */
export function postedText(text: string, via: Via | undefined): string {
  if (via !== 'hub') return text;
  try {
    return canonicalize(text);
  } catch {
    return text;
  }
}

/** The same, worked out again only when the draft or the direction changes. */
export function usePostedText(text: string | undefined, via: Via | undefined): string | undefined {
  return useMemo(() => (text === undefined ? undefined : postedText(text, via)), [text, via]);
}
