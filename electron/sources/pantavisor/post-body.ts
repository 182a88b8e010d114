import type { RevisionPost } from '../source.ts';

/**
 * The body of a post to the pvr endpoint, as pvr sends it with an own name (`pvr post -e '{"rev":"locals/x"}' --rev 0`): keys
 * sorted, no spaces. The state's text goes in as it is, because the device compares raw text.
 */
export function postBody(post: RevisionPost, stateKey: string): string {
  const members: (readonly [string, string])[] = [
    ['rev', JSON.stringify(post.name)],
    [stateKey, post.state],
  ];
  if (post.message !== '') members.push(['commit-msg', JSON.stringify(post.message)]);
  const sorted = members.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`;
}
