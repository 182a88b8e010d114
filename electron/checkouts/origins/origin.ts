import { escapeFragment, plainFragment } from '../../../shared/pvr/reference.ts';
import type { StateFeed } from '../pvr-folder.ts';

/** A state with its objects, and the parts of it that whoever named it asked for. */
export interface Origin extends StateFeed {
  /** In plain characters; empty for everything. */
  readonly fragment: string;
}

/** What `.pvr/config` keeps of an origin whose parts were taken: with the fragment, as pvr writes it; empty where pvr can't go there. */
export function referenceOf({ reference }: Pick<StateFeed, 'reference'>, fragment: string): string {
  return reference === '' || fragment === '' ? reference : `${reference}#${escapeFragment(fragment.replaceAll('%', '%25'))}`;
}

/** Both what stands in a reference and what was chosen beside it (as pvr writes fragments), each part once. */
export function joinedFragment(own: string, chosen: string): string {
  return [...new Set([own, plainFragment(chosen)].flatMap((one) => (one === '' ? [] : one.split(','))))].join(',');
}
