import { unsafeKeys } from '../../../shared/pvr/key-safety.ts';
import { type Pristine, parsePristine } from '../../../shared/pvr/pristine.ts';
import { badState } from '../problems.ts';
import type { StateFeed } from '../pvr-folder.ts';

/** The origin's state, as one that a checkout can have: BAD_STATE for what pvr would break on, or write outside of the folder. */
export async function readState(feed: StateFeed, signal: AbortSignal): Promise<Pristine> {
  return checkedState(await feed.state(signal), feed.label);
}

export function checkedState(text: string, label: string): Pristine {
  const parsed = parsePristine(text);
  const reason = parsed.ok ? unsafeKeys([...parsed.pristine.members.keys()].filter((key) => key !== '#spec')) : parsed.reason;
  if (parsed.ok && reason === undefined) return parsed.pristine;
  throw badState(`The state of ${label} can’t be taken into a checkout.`, 'Look at its raw text.', reason);
}
