import type { RevisionView } from '../../../shared/contract/device.ts';

// A revision is the same object until it changes, so its text is made once and not with every letter that is typed.
const known = new WeakMap<RevisionView, string>();

function textOf(revision: RevisionView): string {
  const before = known.get(revision);
  if (before !== undefined) return before;
  const { parts = [], committer, status, statusMessage, message, forecast, actual } = revision;
  const text = [revision.revision, message, committer, status, statusMessage, forecast, actual, ...parts.map(({ part }) => part)]
    .filter((one) => one !== undefined)
    .join('\n')
    .toLowerCase();
  known.set(revision, text);
  return text;
}

/** The revisions in which every word is: in the name, message, author, status, transition or a changed part. Their order stays. */
export function searchTimeline(revisions: readonly RevisionView[], search: string): readonly RevisionView[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return revisions;
  return revisions.filter((revision) => words.every((word) => textOf(revision).includes(word)));
}
