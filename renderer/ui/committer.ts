/** Who posted a revision, in the room of a list: the name without the mail address, which is for hover and the inspector. */
export function committerName(committer: string): string {
  return /^(.*?)\s*<[^<>]*>\s*$/.exec(committer)?.[1] || committer;
}
