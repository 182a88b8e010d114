/** So many colours tell sources apart; the word beside them says which one it is. */
export const hues = 6;

const known = new Map<string, number>([['pantavisor', 0]]);

/** The colour of a platform, the same on every screen: Pantavisor's own, or one by the container's name. */
export function hueOf(platform: string): number {
  const hue = known.get(platform);
  if (hue !== undefined) return hue;
  let sum = 0;
  for (const char of platform) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  const chosen = 1 + (sum % (hues - 1));
  if (known.size < 1000) known.set(platform, chosen);
  return chosen;
}
