/** So many colours tell sources apart; the word beside them says which one it is. */
export const hues = 6;

const known = new Map<string, number>([['pantavisor', 0]]);

/** The colour of a platform: Pantavisor's own, or one in turn as containers are met, the same on every screen of this window. */
export function hueOf(platform: string): number {
  const hue = known.get(platform);
  if (hue !== undefined) return hue;
  const chosen = 1 + ((known.size - 1) % (hues - 1));
  if (known.size < 1000) known.set(platform, chosen);
  return chosen;
}
