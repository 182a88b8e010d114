/** The first line of a commit message: what lists show. The whole is for hover and the inspector. */
export function subject(message: string): string {
  return message.trimStart().split('\n', 1)[0]?.trimEnd() ?? '';
}
